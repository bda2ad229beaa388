package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The Secrets and ConfigMaps that a container's environment refers to: without them it is not started. */
final class PodReferences {
    private final ObjectStore store;
    private final String namespace;

    PodReferences(ObjectStore store, ObjectNode pod) {
        this.store = store;
        this.namespace = Tree.text(pod, "metadata", "namespace");
    }

    /** What is missing, in the kubelet's words; empty if nothing is. */
    String missing(JsonNode container) {
        Stream<String> variables = Tree.items(container, "env")
                .map(variable -> Tree.at(variable, "valueFrom"))
                .flatMap(from -> Stream.of(
                        missingKey(Kinds.SECRET, from.path("secretKeyRef")),
                        missingKey(Kinds.CONFIG_MAP, from.path("configMapKeyRef"))));
        Stream<String> whole = Tree.items(container, "envFrom")
                .flatMap(from -> Stream.of(
                        missingObject(Kinds.SECRET, from.path("secretRef")),
                        missingObject(Kinds.CONFIG_MAP, from.path("configMapRef"))));
        return Stream.concat(variables, whole)
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String missingObject(Kind kind, JsonNode reference) {
        String name = Tree.text(reference, "name");
        boolean wanted = !name.isEmpty() && !reference.path("optional").asBoolean();
        return wanted && find(kind, name).isEmpty()
                ? kind.name().toLowerCase(Locale.ROOT) + " \"" + name + "\" not found"
                : "";
    }

    private String missingKey(Kind kind, JsonNode reference) {
        String absent = missingObject(kind, reference);
        String name = Tree.text(reference, "name");
        if (!absent.isEmpty() || name.isEmpty() || reference.path("optional").asBoolean()) {
            return absent;
        }
        String key = Tree.text(reference, "key");
        boolean found = find(kind, name).map(o -> o.path("data").has(key)).orElse(false);
        return found ? "" : "couldn't find key " + key + " in " + kind.name() + " " + namespace + "/" + name;
    }

    private Optional<ObjectNode> find(Kind kind, String name) {
        return store.find(new ObjectKey(kind, namespace, name));
    }
}
