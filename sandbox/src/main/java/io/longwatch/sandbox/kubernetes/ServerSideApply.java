package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply: a manager declares the fields it wants. They are merged into the object; those it declared before
 * and no longer does are removed, unless someone else owns them; those that others own with another value are a conflict,
 * unless it is forced.
 */
final class ServerSideApply {
    private final Manager manager;
    private final boolean force;
    private final Instant now;

    ServerSideApply(Manager manager, boolean force, Instant now) {
        this.manager = manager;
        this.force = force;
        this.now = now;
    }

    /** The object that comes of it, with managed fields; {@code live} is absent when it does not exist yet. */
    ObjectNode apply(ObjectKey key, @Nullable ObjectNode live, ObjectNode wanted, UnaryOperator<ObjectNode> defaulted) {
        FieldOwners owners = FieldOwners.of(live);
        ObjectNode base = live == null ? Tree.object() : live;
        FieldSet declared = FieldSet.of(FieldOwners.tracked(wanted));
        ObjectNode merged = (ObjectNode) merge(FieldPath.ROOT, base.deepCopy(), wanted);
        outermostFirst(owners.of(manager).without(declared)).forEach(gone -> {
            if (!owners.othersReach(manager, gone)) {
                remove(merged, gone, declared);
            }
        });
        ObjectNode result = defaulted.apply(merged);
        FieldChanges changes = FieldChanges.between(FieldOwners.tracked(base), FieldOwners.tracked(result));
        Map<Manager, FieldSet> conflicts = owners.others(manager, changes.written());
        if (!conflicts.isEmpty() && !force) {
            throw conflict(key, conflicts);
        }
        owners.release(changes.written().with(changes.removed()), manager);
        owners.take(manager, declared, now);
        owners.writeTo(result);
        return result;
    }

    /** An item of a list that has lost its key could no longer be found. */
    private static Stream<FieldPath> outermostFirst(FieldSet fields) {
        return fields.paths().stream()
                .sorted(Comparator.comparingInt(path -> path.elements().size()));
    }

    private static JsonNode merge(FieldPath path, JsonNode live, JsonNode wanted) {
        if (live instanceof ObjectNode into
                && wanted instanceof ObjectNode from
                && !Schema.isAtomicMap(path.elements())) {
            from.properties().forEach(e -> {
                JsonNode old = into.get(e.getKey());
                into.set(e.getKey(), old == null ? e.getValue() : merge(path.field(e.getKey()), old, e.getValue()));
            });
            return into;
        }
        if (live instanceof ArrayNode into && wanted instanceof ArrayNode from) {
            return mergeLists(path, into, from);
        }
        return wanted;
    }

    private static JsonNode mergeLists(FieldPath path, ArrayNode into, ArrayNode from) {
        List<String> keys = Schema.keys(path.elements());
        if (keys.isEmpty() && !Schema.isSet(path.elements())) {
            return from;
        }
        for (JsonNode item : from) {
            FieldPath element = keys.isEmpty() ? path.value(item) : path.item(item, keys);
            int index = indexOf(into, element.last());
            if (index < 0) {
                into.add(item);
            } else {
                into.set(index, merge(element, into.get(index), item));
            }
        }
        return into;
    }

    /** Index of the item that an element names, below 0 where there is none. */
    private static int indexOf(ArrayNode list, String element) {
        JsonNode wanted = FieldPath.parse(element.substring(2));
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            boolean same = element.startsWith("v:")
                    ? item.equals(wanted)
                    : wanted.properties().stream()
                            .allMatch(key -> Schema.keyOf(item, key.getKey()).equals(key.getValue()));
            if (same) {
                return i;
            }
        }
        return -1;
    }

    private static void remove(ObjectNode object, FieldPath gone, FieldSet declared) {
        if (gone.elements().isEmpty() || declared.reaches(gone)) {
            return;
        }
        FieldPath parentPath = gone.parent();
        JsonNode parent = find(object, parentPath);
        if (parent instanceof ObjectNode map) {
            map.remove(gone.last().substring(2));
        } else if (parent instanceof ArrayNode list) {
            int index = indexOf(list, gone.last());
            if (index >= 0) {
                list.remove(index);
            }
        } else {
            return;
        }
        if (parent.isEmpty() && parentPath.elements().size() > 1) {
            remove(object, parentPath, declared);
        }
    }

    private static JsonNode find(JsonNode object, FieldPath path) {
        JsonNode found = object;
        for (String element : path.elements()) {
            if (found instanceof ArrayNode list) {
                found = list.path(indexOf(list, element));
            } else {
                found = found.path(element.substring(2));
            }
        }
        return found;
    }

    private static ApiError conflict(ObjectKey key, Map<Manager, FieldSet> conflicts) {
        ArrayNode causes = Tree.array();
        StringBuilder listed = new StringBuilder();
        conflicts.forEach((other, fields) -> {
            listed.append("conflicts with ").append(other.readable()).append(":\n");
            fields.paths().stream().map(FieldPath::readable).sorted().forEach(path -> {
                listed.append("- ").append(path).append('\n');
                causes.addObject()
                        .put("reason", "FieldManagerConflict")
                        .put("message", "conflict with " + other.readable())
                        .put("field", path);
            });
        });
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: "
                        + causes.get(0).path("message").asText() + ": "
                        + causes.get(0).path("field").asText()
                : "Apply failed with " + causes.size() + " conflicts: "
                        + listed.toString().strip();
        return ApiError.applyConflict(key, message, causes);
    }
}
