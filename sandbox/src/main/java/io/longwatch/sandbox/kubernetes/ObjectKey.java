package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** Identity of an object in the store; the namespace is empty where the kind has none. */
record ObjectKey(Kind kind, String namespace, String name) {
    static ObjectKey of(Kind kind, JsonNode object) {
        return new ObjectKey(
                kind,
                kind.namespaced() ? Tree.text(object, "metadata", "namespace") : "",
                Tree.text(object, "metadata", "name"));
    }
}
