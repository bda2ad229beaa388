package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** From a request to what it does; all but watches and port-forwards, which stay open. */
final class Routes {
    private final ObjectStore store;
    private final ResourceApi api;
    private final ScaleView scales;
    private final PodLogs logs;
    private final KubernetesPermissions permissions;

    Routes(ObjectStore store, ResourceApi api, PodLogs logs, KubernetesPermissions permissions) {
        this.store = store;
        this.api = api;
        this.scales = new ScaleView(api);
        this.logs = logs;
        this.permissions = permissions;
    }

    ApiAnswer answer(ApiRequest request) {
        if (request.path().equals(Discovery.ACCESS_REVIEWS) && request.method().equals("POST")) {
            return ApiAnswer.json(201, review(request.object()));
        }
        return RequestPath.parse(request.path())
                .map(path -> resource(request, path))
                .or(() -> Discovery.answer(request.path()))
                .orElseThrow(ApiError::noSuchPath);
    }

    private ApiAnswer resource(ApiRequest request, RequestPath path) {
        ObjectKey key = path.key();
        return switch (path.subresource()) {
            case "scale" -> scale(request, key);
            case "log" -> ApiAnswer.text(logs.read(api.get(key), request));
            case "" -> key.name().isEmpty() ? collection(request, key) : object(request, key, "");
            default -> object(request, key, path.subresource());
        };
    }

    private ApiAnswer collection(ApiRequest request, ObjectKey key) {
        return switch (request.method()) {
            case "GET" -> ApiAnswer.ok(list(key.kind(), selected(request, key)));
            case "POST" ->
                ApiAnswer.json(201, api.create(key.kind(), key.namespace(), request.object(), request.writer()));
            case "DELETE" -> {
                List<ObjectNode> doomed = selected(request, key);
                doomed.forEach(object -> api.delete(ObjectKey.of(key.kind(), object), deletion(request)));
                yield ApiAnswer.ok(list(key.kind(), doomed));
            }
            default -> throw notAllowed();
        };
    }

    private ApiAnswer object(ApiRequest request, ObjectKey key, String subresource) {
        return switch (request.method()) {
            case "GET" -> ApiAnswer.ok(api.get(key));
            case "PUT" -> ApiAnswer.ok(api.update(key, request.object(), request.writer(), subresource));
            case "PATCH" -> {
                boolean existed = store.find(key).isPresent();
                ObjectNode patched = api.patch(key, request.mediaType(), request.body(), request.writer(), subresource);
                yield ApiAnswer.json(existed ? 200 : 201, patched);
            }
            case "DELETE" -> ApiAnswer.ok(api.delete(key, deletion(request)));
            default -> throw notAllowed();
        };
    }

    private ApiAnswer scale(ApiRequest request, ObjectKey key) {
        return switch (request.method()) {
            case "GET" -> ApiAnswer.ok(scales.get(key));
            case "PUT" -> ApiAnswer.ok(scales.update(key, request.object(), request.writer()));
            case "PATCH" -> ApiAnswer.ok(scales.patch(key, request.mediaType(), request.body(), request.writer()));
            default -> throw notAllowed();
        };
    }

    private List<ObjectNode> selected(ApiRequest request, ObjectKey key) {
        return api.list(
                key.kind(),
                key.namespace(),
                LabelSelector.parse(request.query("labelSelector")),
                FieldSelector.parse(request.query("fieldSelector")));
    }

    private ObjectNode list(Kind kind, List<ObjectNode> objects) {
        ObjectNode list = Tree.object();
        list.put("kind", kind.name() + "List").put("apiVersion", kind.apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return list;
    }

    private static DeleteOptions deletion(ApiRequest request) {
        return DeleteOptions.of(request.body(), request.query("dryRun").equals("All"));
    }

    private ObjectNode review(ObjectNode review) {
        JsonNode asked = Tree.at(review, "spec", "resourceAttributes");
        review.putObject("status")
                .put("allowed", permissions.allows(Tree.text(asked, "verb"), Tree.text(asked, "resource")));
        return review;
    }

    private static ApiError notAllowed() {
        return ApiError.of(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }
}
