package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.ArrayList;
import java.util.List;

/** The patches that are not server-side apply: JSON patch, merge patch, strategic merge patch. */
final class Patches {
    private Patches() {}

    /** The object after a patch of the given media type. */
    static ObjectNode patched(String mediaType, ObjectNode live, JsonNode patch) {
        return switch (mediaType) {
            case "application/json-patch+json" -> jsonPatch(live, patch);
            case "application/merge-patch+json" -> (ObjectNode) merge(live.deepCopy(), patch);
            case "application/strategic-merge-patch+json" ->
                (ObjectNode) strategic(FieldPath.ROOT, live.deepCopy(), patch);
            default -> throw ApiError.unsupportedPatch(mediaType);
        };
    }

    private static ObjectNode jsonPatch(ObjectNode live, JsonNode patch) {
        try {
            return (ObjectNode) JsonPatch.apply(patch, live.deepCopy());
        } catch (JsonPatchException e) {
            throw ApiError.of(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request: " + e.getMessage());
        }
    }

    private static JsonNode merge(JsonNode live, JsonNode patch) {
        if (!(patch instanceof ObjectNode from)) {
            return patch;
        }
        ObjectNode into = live instanceof ObjectNode object ? object : Tree.object();
        from.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                into.remove(e.getKey());
            } else {
                into.set(e.getKey(), merge(into.path(e.getKey()), e.getValue()));
            }
        });
        return into;
    }

    private static JsonNode strategic(FieldPath path, JsonNode live, JsonNode patch) {
        if (patch instanceof ObjectNode from) {
            return strategicMap(path, live instanceof ObjectNode object ? object : Tree.object(), from);
        }
        if (patch instanceof ArrayNode from && !mergeKey(path).isEmpty()) {
            return strategicList(path, live instanceof ArrayNode array ? array : Tree.array(), from);
        }
        return patch;
    }

    private static ObjectNode strategicMap(FieldPath path, ObjectNode into, ObjectNode from) {
        if (from.path("$patch").asText().equals("replace")) {
            into.removeAll();
        }
        from.properties().forEach(e -> {
            String name = e.getKey();
            if (name.startsWith("$deleteFromPrimitiveList/")) {
                deleteValues(into.path(name.substring(name.indexOf('/') + 1)), e.getValue());
            } else if (e.getValue().isNull()) {
                into.remove(name);
            } else if (!name.startsWith("$")) {
                into.set(name, strategic(path.field(name), into.path(name), e.getValue()));
            }
        });
        return into;
    }

    private static ArrayNode strategicList(FieldPath path, ArrayNode into, ArrayNode from) {
        String key = mergeKey(path);
        for (JsonNode item : from) {
            String directive = item.path("$patch").asText();
            if (directive.equals("replace")) {
                into.removeAll();
                continue;
            }
            int index = indexOf(into, key, item.path(key));
            if (directive.equals("delete")) {
                if (index >= 0) {
                    into.remove(index);
                }
            } else if (index >= 0) {
                into.set(index, strategic(path.then("k:{}"), into.get(index), item));
            } else {
                into.add(strategic(path.then("k:{}"), Tree.object(), item));
            }
        }
        return into;
    }

    private static String mergeKey(FieldPath path) {
        List<String> keys = Schema.keys(path.elements());
        return keys.isEmpty() ? "" : keys.get(0);
    }

    private static int indexOf(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static void deleteValues(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            List<JsonNode> gone = new ArrayList<>();
            values.forEach(gone::add);
            array.removeIf(gone::contains);
        }
    }
}
