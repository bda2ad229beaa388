package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** A request with what its query and headers ask for. */
record ApiRequest(String method, String path, String uri, MultiMap query, MultiMap headers, JsonNode body) {
    static ApiRequest of(HttpServerRequest request, JsonNode body) {
        return new ApiRequest(
                request.method().name(), request.path(), request.uri(), request.params(), request.headers(), body);
    }

    String query(String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }

    boolean asks(String name) {
        return query(name).equals("true") || query(name).equals("1");
    }

    String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    /** The content type without its parameters. */
    String mediaType() {
        String type = header("Content-Type");
        return (type.contains(";") ? type.substring(0, type.indexOf(';')) : type).strip();
    }

    ObjectNode object() {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the object provided is unrecognized: the body is no JSON object");
    }

    /** The field manager: as asked for, else the user agent's first word. */
    Writer writer() {
        String manager = query("fieldManager");
        if (manager.isEmpty()) {
            if (mediaType().equals(ResourceApi.APPLY)) {
                throw ApiError.badRequest("PatchOptions.meta.k8s.io is invalid: fieldManager: Required value: is"
                        + " required for apply patch");
            }
            String agent = header("User-Agent");
            manager = agent.contains("/") ? agent.substring(0, agent.indexOf('/')) : agent;
        }
        return new Writer(manager, asks("force"), query("dryRun").equals("All"));
    }

    String verb(boolean collection) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> collection ? "deletecollection" : "delete";
            default -> asks("watch") ? "watch" : collection ? "list" : "get";
        };
    }
}
