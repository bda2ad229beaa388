package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks of an API server that a release plan runs into: names, selectors, images, what is immutable. */
final class Validation {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Validation() {}

    static void check(ObjectKey key, @Nullable ObjectNode live, ObjectNode object) {
        if (!NAME.matcher(key.name()).matches()) {
            throw ApiError.invalid(
                    key,
                    "metadata.name",
                    "Invalid value: \"" + key.name() + "\": a lowercase RFC 1123 subdomain must"
                            + " consist of lower case alphanumeric characters, '-' or '.'");
        }
        switch (key.kind().name()) {
            case "Deployment", "ReplicaSet" -> workload(key, live, object);
            case "Pod" -> containers(key, object.path("spec"), "spec");
            case "Service" -> required(key, object, "spec", "ports");
            case "ConfigMap", "Secret" -> immutable(key, live, object);
            default -> {
                // Taken as it is.
            }
        }
    }

    private static void workload(ObjectKey key, @Nullable ObjectNode live, ObjectNode object) {
        required(key, object, "spec", "selector");
        JsonNode selector = Tree.at(object, "spec", "selector");
        Map<String, String> labels = Tree.strings(object, "spec", "template", "metadata", "labels");
        if (!LabelSelector.of(selector).matches(labels)) {
            throw ApiError.invalid(
                    key,
                    "spec.template.metadata.labels",
                    "Invalid value: " + labels + ": `selector` does not match template `labels`");
        }
        if (live != null && !Tree.at(live, "spec", "selector").equals(selector)) {
            throw ApiError.invalid(key, "spec.selector", "Invalid value: " + selector + ": field is immutable");
        }
        if (Tree.integer(object, 0, "spec", "replicas") < 0) {
            throw ApiError.invalid(
                    key,
                    "spec.replicas",
                    "Invalid value: " + Tree.text(object, "spec", "replicas") + ": must be greater than or equal to 0");
        }
        containers(key, Tree.at(object, "spec", "template", "spec"), "spec.template.spec");
    }

    private static void containers(ObjectKey key, JsonNode podSpec, String path) {
        if (podSpec.path("containers").isEmpty()) {
            throw ApiError.invalid(key, path + ".containers", "Required value");
        }
        int index = 0;
        for (JsonNode container : podSpec.path("containers")) {
            for (String field : new String[] {"name", "image"}) {
                if (Tree.text(container, field).isEmpty()) {
                    throw ApiError.invalid(key, path + ".containers[" + index + "]." + field, "Required value");
                }
            }
            index++;
        }
    }

    private static void immutable(ObjectKey key, @Nullable ObjectNode live, ObjectNode object) {
        if (live != null
                && live.path("immutable").asBoolean()
                && !live.path("data").equals(object.path("data"))) {
            throw ApiError.invalid(key, "data", "Forbidden: field is immutable when `immutable` is set");
        }
    }

    private static void required(ObjectKey key, ObjectNode object, String... path) {
        if (Tree.at(object, path).isEmpty()) {
            throw ApiError.invalid(key, String.join(".", path), "Required value");
        }
    }
}
