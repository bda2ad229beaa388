package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer that is an error: a {@code metav1.Status} with code, reason and details, worded as an API server does. */
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient ObjectNode status;

    private ApiError(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.status = status(code, reason, message);
    }

    private ApiError about(ObjectKey key) {
        ObjectNode details = Tree.child(status, "details");
        details.put("name", key.name()).put("kind", key.kind().plural());
        if (!key.kind().group().isEmpty()) {
            details.put("group", key.kind().group());
        }
        return this;
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message);
    }

    static ApiError notFound(ObjectKey key) {
        return new ApiError(404, "NotFound", subject(key) + " not found").about(key);
    }

    static ApiError noSuchPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource");
    }

    static ApiError alreadyExists(ObjectKey key) {
        return new ApiError(409, "AlreadyExists", subject(key) + " already exists").about(key);
    }

    static ApiError modified(ObjectKey key) {
        return cannotBeFulfilled(
                key, "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiError precondition(ObjectKey key, String field, String asked, String found) {
        return cannotBeFulfilled(
                key,
                "Precondition failed: " + field + " in precondition: " + asked + ", " + field + " in object meta: "
                        + found);
    }

    private static ApiError cannotBeFulfilled(ObjectKey key, String why) {
        return new ApiError(409, "Conflict", "Operation cannot be fulfilled on " + subject(key) + ": " + why)
                .about(key);
    }

    /** Server-side apply met fields that others own. */
    static ApiError applyConflict(ObjectKey key, String message, ArrayNode causes) {
        ApiError error = new ApiError(409, "Conflict", message).about(key);
        Tree.child(error.status, "details").set("causes", causes);
        return error;
    }

    static ApiError invalid(ObjectKey key, String field, String why) {
        ApiError error = new ApiError(
                        422,
                        "Invalid",
                        key.kind().qualifiedName() + " \"" + key.name() + "\" is invalid: " + field + ": " + why)
                .about(key);
        Tree.child(error.status, "details")
                .putArray("causes")
                .addObject()
                .put("reason", "FieldValueInvalid")
                .put("message", why)
                .put("field", field);
        return error;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, "BadRequest", message);
    }

    static ApiError unauthorized() {
        return new ApiError(401, "Unauthorized", "Unauthorized");
    }

    static ApiError forbidden(ObjectKey key, String verb) {
        return new ApiError(
                        403,
                        "Forbidden",
                        subject(key) + " is forbidden: User \"longwatch\" cannot " + verb + " resource \""
                                + key.kind().plural() + "\" in API group \""
                                + key.kind().group() + "\" in the namespace \"" + key.namespace() + "\"")
                .about(key);
    }

    static ApiError expired(long asked, long oldest) {
        return new ApiError(410, "Expired", "too old resource version: " + asked + " (" + oldest + ")");
    }

    static ApiError unsupportedBody(String type) {
        return new ApiError(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json,"
                        + " application/yaml; found " + type);
    }

    static ApiError unsupportedPatch(String type) {
        return new ApiError(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include:"
                        + " application/json-patch+json, application/merge-patch+json,"
                        + " application/strategic-merge-patch+json, application/apply-patch+yaml; found " + type);
    }

    private static String subject(ObjectKey key) {
        return key.kind().resource() + (key.name().isEmpty() ? "" : " \"" + key.name() + "\"");
    }

    private static ObjectNode status(int code, String reason, String message) {
        ObjectNode status = Tree.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return status.put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
    }
}
