package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What differs between two states of an object.
 *
 * @param written fields that are new or have another value
 * @param removed fields that are gone
 */
record FieldChanges(FieldSet written, FieldSet removed) {
    static FieldChanges between(JsonNode before, JsonNode after) {
        Walk walk = new Walk();
        walk.compare(FieldPath.ROOT, before, after);
        return new FieldChanges(new FieldSet(walk.written), new FieldSet(walk.removed));
    }

    private static final class Walk {
        private final Set<FieldPath> written = new LinkedHashSet<>();
        private final Set<FieldPath> removed = new LinkedHashSet<>();

        void compare(FieldPath path, JsonNode before, JsonNode after) {
            if (before.equals(after)) {
                return;
            }
            if (isMergedMap(path, before) && isMergedMap(path, after)) {
                compareChildren(fields(path, before), fields(path, after));
            } else if (isMergedList(path, before) && isMergedList(path, after)) {
                compareChildren(items(path, before), items(path, after));
            } else {
                written.add(path);
            }
        }

        private void compareChildren(Map<FieldPath, JsonNode> before, Map<FieldPath, JsonNode> after) {
            after.forEach((path, value) -> {
                JsonNode old = before.get(path);
                if (old == null) {
                    collect(path, value, written);
                } else {
                    compare(path, old, value);
                }
            });
            before.forEach((path, value) -> {
                if (!after.containsKey(path)) {
                    collect(path, value, removed);
                }
            });
        }

        private static void collect(FieldPath path, JsonNode value, Set<FieldPath> found) {
            if (!path.last().startsWith("f:")) {
                found.add(path);
            }
            if (isMergedMap(path, value) && !value.isEmpty()) {
                fields(path, value).forEach((child, v) -> collect(child, v, found));
            } else if (isMergedList(path, value) && !value.isEmpty()) {
                items(path, value).forEach((child, v) -> collect(child, v, found));
            } else {
                found.add(path);
            }
        }

        private static boolean isMergedMap(FieldPath path, JsonNode node) {
            return node.isObject() && !Schema.isAtomicMap(path.elements());
        }

        private static boolean isMergedList(FieldPath path, JsonNode node) {
            return node.isArray() && (!Schema.keys(path.elements()).isEmpty() || Schema.isSet(path.elements()));
        }

        private static Map<FieldPath, JsonNode> fields(FieldPath path, JsonNode node) {
            Map<FieldPath, JsonNode> children = new LinkedHashMap<>();
            node.properties().forEach(e -> children.put(path.field(e.getKey()), e.getValue()));
            return children;
        }

        private static Map<FieldPath, JsonNode> items(FieldPath path, JsonNode node) {
            Map<FieldPath, JsonNode> children = new LinkedHashMap<>();
            List<String> keys = Schema.keys(path.elements());
            node.forEach(item -> children.put(keys.isEmpty() ? path.value(item) : path.item(item, keys), item));
            return children;
        }
    }
}
