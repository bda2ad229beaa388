package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * How lists and maps of the built-in kinds merge, by field name, as the {@code x-kubernetes-list-type} marks of the real
 * schema say. What is not named here is atomic (lists) or merged (maps).
 */
final class Schema {
    private static final Set<String> ATOMIC_MAPS = Set.of(
            "f:selector",
            "f:nodeSelector",
            "f:podSelector",
            "f:namespaceSelector",
            "f:labelSelector",
            "f:fieldRef",
            "f:secretKeyRef",
            "f:configMapKeyRef",
            "f:resourceFieldRef",
            "f:scaleTargetRef",
            "f:involvedObject");

    private Schema() {}

    static boolean isAtomicMap(List<String> path) {
        return ATOMIC_MAPS.contains(last(path));
    }

    static boolean isSet(List<String> path) {
        return last(path).equals("f:finalizers");
    }

    /** The fields that tell the items of a list apart; empty for a list that is replaced as a whole. */
    static List<String> keys(List<String> path) {
        return switch (last(path)) {
            case "f:containers", "f:initContainers", "f:env", "f:volumes", "f:imagePullSecrets", "f:secrets" ->
                List.of("name");
            case "f:volumeMounts" -> List.of("mountPath");
            case "f:hostAliases" -> List.of("ip");
            case "f:conditions" -> List.of("type");
            case "f:ownerReferences" -> List.of("uid");
            case "f:topologySpreadConstraints" -> List.of("topologyKey", "whenUnsatisfiable");
            case "f:ports" -> portKeys(path);
            default -> List.of();
        };
    }

    private static List<String> portKeys(List<String> path) {
        if (path.contains("f:containers") || path.contains("f:initContainers")) {
            return List.of("containerPort", "protocol");
        }
        return path.equals(List.of("f:spec", "f:ports")) ? List.of("port", "protocol") : List.of();
    }

    /** The value of a key field in a list's item; a port's protocol is TCP where it says none. */
    static JsonNode keyOf(JsonNode item, String key) {
        if (key.equals("protocol") && !item.hasNonNull(key)) {
            return Tree.JSON.getNodeFactory().textNode("TCP");
        }
        return item.path(key);
    }

    private static String last(List<String> path) {
        return path.isEmpty() ? "" : path.get(path.size() - 1);
    }
}
