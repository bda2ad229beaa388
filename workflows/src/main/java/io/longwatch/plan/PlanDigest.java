package io.longwatch.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.text.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The digest by which people and records speak of one plan with one set of parameters. */
public final class PlanDigest {
    private PlanDigest() {}

    /**
     * SHA-256, in hex, of the plan and its parameters as JSON with sorted keys and no white space. What a plan leaves out
     * (null, false or empty) has no part in it, so that a build that knows more fields comes to the same digest.
     *
     * @param plan the normalised plan
     * @param parameters values by name
     */
    public static String of(ReleasePlan plan, Map<String, Object> parameters) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("plan", said(PlanJson.strict().valueToTree(plan)));
        both.put("parameters", parameters);
        return ofJson(PlanJson.strict().valueToTree(both));
    }

    /** A JSON value without what says nothing. */
    private static JsonNode said(JsonNode node) {
        if (node.isObject()) {
            ObjectNode said = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> {
                JsonNode value = said(field.getValue());
                if (!saysNothing(value)) {
                    said.set(field.getKey(), value);
                }
            });
            return said;
        }
        if (node.isArray()) {
            ArrayNode said = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> said.add(said(item)));
            return said;
        }
        return node;
    }

    private static boolean saysNothing(JsonNode value) {
        boolean no = value.isBoolean() && !value.booleanValue();
        return value.isNull() || no || (value.isContainerNode() && value.isEmpty());
    }

    /** SHA-256, in hex, of a JSON value with sorted keys and no white space. */
    public static String ofJson(JsonNode json) {
        return Sha256.hex(canonical(json));
    }

    /** JSON with sorted keys and no white space. */
    public static String canonical(JsonNode json) {
        try {
            return PlanJson.strict().writeValueAsString(sorted(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            fields.forEach(copy::set);
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(sorted(item)));
            return copy;
        }
        return node;
    }
}
