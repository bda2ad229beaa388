package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The managed fields of an object with updates merged into our apply, as csaupgrade of client-go does it. */
final class FieldMerge {
    private static final String KUBECTL = "kubectl-client-side-apply";
    private static final String FIELDS = "fieldsV1";

    /**
     * Left out where the manifest says nothing of it: a scaling outlives such a manifest, and kubectl goes on by its
     * own copy of the whole.
     */
    private static final List<List<String>> UNSAID =
            List.of(List.of("f:spec", "f:replicas"), List.of("f:metadata", "f:annotations", "f:" + Trees.LAST_APPLIED));

    private final List<ObjectNode> found;
    private final List<List<String>> leftOut;
    private final boolean kubectl;
    private final ArrayNode merged = Trees.MAPPER.createArrayNode();
    private @Nullable ObjectNode ours;
    private boolean changed;

    FieldMerge(JsonNode live, JsonNode manifest, boolean kubectl) {
        this.found = StreamSupport.stream(live.at("/metadata/managedFields").spliterator(), false)
                .map(entry -> (ObjectNode) entry.deepCopy())
                .toList();
        this.leftOut = UNSAID.stream().filter(path -> !says(manifest, path)).toList();
        this.kubectl = kubectl;
    }

    private static boolean says(JsonNode manifest, List<String> path) {
        JsonNode part = manifest;
        for (String key : path) {
            part = part.path(key.substring("f:".length()));
        }
        return !part.isMissingNode();
    }

    /** All entries as they should be; empty where they are so already. */
    Optional<ArrayNode> entries() {
        found.stream().filter(entry -> isOf(entry, "Apply")).findFirst().ifPresent(this::begin);
        found.stream().filter(entry -> !isOf(entry, "Apply")).forEach(this::add);
        return changed ? Optional.of(merged) : Optional.empty();
    }

    private void begin(ObjectNode apply) {
        ours = apply;
        merged.add(apply);
    }

    private void add(ObjectNode entry) {
        if (!isMerged(entry)) {
            merged.add(entry);
            return;
        }
        ObjectNode left = takeOut(entry);
        if (!entry.path(FIELDS).isEmpty()) {
            bring(entry);
        }
        if (!left.path(FIELDS).isEmpty()) {
            merged.add(left);
        }
    }

    private boolean isMerged(ObjectNode entry) {
        boolean wanted = isOf(entry, "Update") || (kubectl && is(entry, KUBECTL, "Update"));
        return wanted && (ours == null || ours.path("apiVersion").equals(entry.path("apiVersion")));
    }

    private static boolean isOf(ObjectNode entry, String operation) {
        return is(entry, Release.MANAGER, operation);
    }

    private static boolean is(ObjectNode entry, String manager, String operation) {
        return entry.path("manager").asText().equals(manager)
                && entry.path("operation").asText().equals(operation)
                && entry.path("subresource").asText().isEmpty();
    }

    /** Without an apply of ours, the update becomes it. */
    private void bring(ObjectNode update) {
        changed = true;
        if (ours == null) {
            begin(update.put("manager", Release.MANAGER).put("operation", "Apply"));
        } else {
            ours.set(FIELDS, union(ours.path(FIELDS), update.path(FIELDS)));
        }
    }

    /** An entry of the fields that are left out; they are gone from the given one. */
    private ObjectNode takeOut(ObjectNode entry) {
        ObjectNode left = entry.deepCopy();
        ObjectNode fields = left.putObject(FIELDS);
        for (List<String> path : leftOut) {
            if (remove(entry.path(FIELDS), path)) {
                put(fields, path);
            }
        }
        return left;
    }

    private static void put(ObjectNode fields, List<String> path) {
        ObjectNode below = fields;
        for (String key : path) {
            below = below.withObjectProperty(key);
        }
    }

    /** Removes it with what only led to it, which would else stand for a field itself. */
    private static boolean remove(JsonNode fields, List<String> path) {
        String key = path.get(0);
        if (!(fields instanceof ObjectNode map) || !map.has(key)) {
            return false;
        }
        boolean removed = path.size() == 1 || remove(map.path(key), path.subList(1, path.size()));
        if (path.size() == 1 || (removed && map.path(key).isEmpty())) {
            map.remove(key);
        }
        return removed;
    }

    /** Fields of either; one that stands for itself beside fields below it is marked by a dot. */
    private static JsonNode union(JsonNode one, JsonNode other) {
        ObjectNode both = one.deepCopy();
        if (one.isEmpty() != other.isEmpty()) {
            both.putObject(".");
        }
        for (Map.Entry<String, JsonNode> field : other.properties()) {
            JsonNode own = both.get(field.getKey());
            both.set(field.getKey(), own == null ? field.getValue() : union(own, field.getValue()));
        }
        return both;
    }
}
