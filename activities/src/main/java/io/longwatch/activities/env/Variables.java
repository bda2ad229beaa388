package io.longwatch.activities.env;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Failures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment of a container, with later entries over earlier ones and both over envFrom, as a pod sees it. */
final class Variables {
    private final Function<String, Map<String, String>> configMaps;
    private final Map<String, Variable> found = new LinkedHashMap<>();

    private Variables(Function<String, Map<String, String>> configMaps) {
        this.configMaps = configMaps;
    }

    /**
     * A variable.
     *
     * @param value its value, where it can be known
     * @param source where it comes from, where its value is not read
     */
    record Variable(@Nullable String value, @Nullable String source) {}

    static Map<String, Variable> of(
            JsonNode workload, @Nullable String container, Function<String, Map<String, String>> configMaps) {
        Variables variables = new Variables(configMaps);
        JsonNode chosen = choose(workload, container);
        chosen.path("envFrom").forEach(variables::addAll);
        chosen.path("env").forEach(variables::add);
        return variables.found;
    }

    private static JsonNode choose(JsonNode workload, @Nullable String name) {
        for (JsonNode container : workload.at("/spec/template/spec/containers")) {
            if (name == null || name.equals(container.path("name").asText())) {
                return container;
            }
        }
        throw Failures.notFound(workload.path("kind").asText() + " "
                + workload.at("/metadata/name").asText() + " has no container '" + name + "'");
    }

    private void addAll(JsonNode source) {
        String prefix = source.path("prefix").asText();
        String map = source.at("/configMapRef/name").asText();
        if (!map.isEmpty()) {
            configMaps.apply(map).forEach((key, value) -> found.put(prefix + key, new Variable(value, null)));
        }
        String secret = source.at("/secretRef/name").asText();
        if (!secret.isEmpty()) {
            doubt(prefix, "Secret " + secret + " if that has such a key");
        }
    }

    /** Which keys a Secret has is not read, so it may stand over any variable found before it. */
    private void doubt(String prefix, String source) {
        found.replaceAll((name, variable) -> name.startsWith(prefix) ? new Variable(null, source) : variable);
    }

    private void add(JsonNode entry) {
        String name = entry.path("name").asText();
        JsonNode from = entry.path("valueFrom");
        if (from.isMissingNode() || from.isNull()) {
            found.put(name, new Variable(entry.path("value").asText(), null));
        } else if (from.has("configMapKeyRef")) {
            fromConfigMap(name, from.path("configMapKeyRef"));
        } else if (from.has("secretKeyRef")) {
            JsonNode key = from.path("secretKeyRef");
            found.put(
                    name,
                    new Variable(
                            null,
                            "Secret " + key.path("name").asText() + ", key "
                                    + key.path("key").asText()));
        } else {
            found.put(name, new Variable(null, "a field of the pod"));
        }
    }

    private void fromConfigMap(String name, JsonNode reference) {
        String value = configMaps
                .apply(reference.path("name").asText())
                .get(reference.path("key").asText());
        if (value != null) {
            found.put(name, new Variable(value, null));
        }
    }
}
