package io.longwatch.plan.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.plan.PlanWord;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Small pieces of JSON Schema. */
final class Shapes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Shapes() {}

    static ObjectNode empty() {
        return JSON.objectNode();
    }

    static ObjectNode type(String type, String description) {
        ObjectNode node = JSON.objectNode().put("type", type);
        return description.isEmpty() ? node : node.put("description", description);
    }

    static ObjectNode text(String description) {
        return type("string", description);
    }

    static ObjectNode matching(String pattern, String description) {
        return text(description).put("pattern", pattern);
    }

    static ObjectNode whole(int least, String description) {
        return type("integer", description).put("minimum", least);
    }

    static ObjectNode truth(boolean otherwise, String description) {
        return type("boolean", description).put("default", otherwise);
    }

    static ObjectNode listOf(ObjectNode items, String description) {
        ObjectNode node = type("array", description);
        node.set("items", items);
        return node;
    }

    static ObjectNode mapOf(ObjectNode values, String description) {
        ObjectNode node = type("object", description);
        node.set("additionalProperties", values);
        return node;
    }

    /** A piece under {@code $defs}. */
    static ObjectNode ref(String name) {
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    static ObjectNode ref(String name, String description) {
        return ref(name).put("description", description);
    }

    static ObjectNode oneOf(List<ObjectNode> choices) {
        ObjectNode node = JSON.objectNode();
        node.putArray("oneOf").addAll(choices);
        return node;
    }

    static ObjectNode anyOf(List<ObjectNode> choices) {
        ObjectNode node = JSON.objectNode();
        node.putArray("anyOf").addAll(choices);
        return node;
    }

    /** The words of an enum, as a plan writes them. */
    static <E extends Enum<E>> ObjectNode words(Class<E> type, String description) {
        return words(EnumSet.allOf(type), description);
    }

    /** The words of some of an enum, as a plan writes them. */
    static <E extends Enum<E>> ObjectNode words(Set<E> constants, String description) {
        ObjectNode node = JSON.objectNode().put("description", description);
        ArrayNode words = node.putArray("enum");
        constants.forEach(constant -> words.add(PlanWord.of(constant)));
        return node;
    }
}
