package io.longwatch.plan.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A map with known fields and no others. */
final class ObjectShape {
    private final ObjectNode node;
    private final ObjectNode properties;
    private final ArrayNode required;

    ObjectShape(String description) {
        node = Shapes.type("object", description);
        properties = node.putObject("properties");
        required = node.putArray("required");
        node.put("additionalProperties", false);
    }

    ObjectShape required(String name, ObjectNode schema) {
        required.add(name);
        return optional(name, schema);
    }

    ObjectShape optional(String name, ObjectNode schema) {
        properties.set(name, schema);
        return this;
    }

    ObjectNode done() {
        return node;
    }
}
