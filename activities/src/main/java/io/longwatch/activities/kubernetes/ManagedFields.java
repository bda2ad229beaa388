package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What an object's managed fields tell: who holds a field that a manifest would change, and who wrote last. */
final class ManagedFields {
    private static final Set<String> CONTROLLERS = Set.of("kube-controller-manager");

    /** Notes and finalizers, and the status of kinds that have no subresource for it. */
    private static final Set<String> NO_CHANGE = Set.of("f:metadata", "f:status");

    private ManagedFields() {}

    /** Fields that the manifest would change and such a manager holds, as "manager: .spec.replicas". */
    static List<String> conflicts(JsonNode live, JsonNode manifest, Predicate<String> byManager) {
        List<String> found = new ArrayList<>();
        for (JsonNode entry : live.at("/metadata/managedFields")) {
            String manager = entry.path("manager").asText();
            if (byManager.test(manager)) {
                walk(entry.path("fieldsV1"), manifest, live, manager + ": ", found);
            }
        }
        return found;
    }

    /** Who changed the object, other than its status and notes, after the release did. */
    static Optional<String> changedSince(JsonNode live) {
        Instant ours = entries(live)
                .filter(entry -> isOurs(entry.path("manager").asText()))
                .map(ManagedFields::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        return entries(live)
                .filter(entry -> isOther(entry) && time(entry).isAfter(ours))
                .max(Comparator.comparing(ManagedFields::time))
                .map(entry -> entry.path("manager").asText() + " at " + time(entry));
    }

    /** Who but the release wrote last, whenever that was. */
    static Optional<String> lastWriter(JsonNode live) {
        return entries(live)
                .filter(ManagedFields::isOther)
                .max(Comparator.comparing(ManagedFields::time))
                .map(entry -> entry.path("manager").asText() + " at " + time(entry));
    }

    private static Stream<JsonNode> entries(JsonNode live) {
        return StreamSupport.stream(live.at("/metadata/managedFields").spliterator(), false);
    }

    static boolean isOurs(String manager) {
        return manager.equals(Release.MANAGER);
    }

    private static boolean isOther(JsonNode entry) {
        String manager = entry.path("manager").asText();
        JsonNode fields = entry.path("fieldsV1");
        boolean noChange =
                !fields.isEmpty() && fields.properties().stream().allMatch(field -> NO_CHANGE.contains(field.getKey()));
        return !isOurs(manager)
                && !CONTROLLERS.contains(manager)
                && !"status".equals(entry.path("subresource").asText())
                && !noChange;
    }

    private static Instant time(JsonNode entry) {
        String time = entry.path("time").asText();
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }

    private static void walk(JsonNode fields, JsonNode wished, JsonNode live, String path, List<String> found) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            JsonNode wishedPart = part(wished, field.getKey());
            if (wishedPart == null) {
                continue;
            }
            JsonNode livePart = part(live, field.getKey());
            String below = path + label(field.getKey());
            if (!field.getValue().isEmpty()) {
                walk(field.getValue(), wishedPart, livePart == null ? wishedPart : livePart, below, found);
            } else if (livePart == null || !same(wishedPart, livePart)) {
                found.add(below);
            }
        }
    }

    private static @Nullable JsonNode part(JsonNode node, String key) {
        if (key.startsWith("f:")) {
            return node.get(key.substring(2));
        }
        if (!key.startsWith("k:") || !node.isArray()) {
            return null;
        }
        JsonNode keys = read(key.substring(2));
        for (JsonNode element : node) {
            if (keys.properties().stream().allMatch(k -> k.getValue().equals(keyOf(element, k.getKey())))) {
                return element;
            }
        }
        return null;
    }

    /** A port that says nothing of its protocol is one of TCP. */
    private static JsonNode keyOf(JsonNode element, String key) {
        boolean left = key.equals("protocol") && !element.hasNonNull(key);
        return left ? Trees.MAPPER.getNodeFactory().textNode("TCP") : element.path(key);
    }

    private static JsonNode read(String json) {
        try {
            return Trees.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("managed fields hold '" + json + "', which is no JSON", e);
        }
    }

    private static String label(String key) {
        return key.startsWith("f:") ? "." + key.substring(2) : "[" + key.substring(2) + "]";
    }

    private static boolean same(JsonNode wished, JsonNode live) {
        if (wished.isContainerNode() || live.isContainerNode()) {
            return wished.equals(live);
        }
        return wished.asText().equals(live.asText()) || sameQuantity(wished.asText(), live.asText());
    }

    /** The server writes 0.5 as 500m. */
    private static boolean sameQuantity(String wished, String live) {
        try {
            return Quantity.getAmountInBytes(new Quantity(wished))
                            .compareTo(Quantity.getAmountInBytes(new Quantity(live)))
                    == 0;
        } catch (IllegalArgumentException noQuantity) {
            return false;
        }
    }
}
