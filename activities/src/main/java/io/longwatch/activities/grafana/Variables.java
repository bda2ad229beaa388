package io.longwatch.activities.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A dashboard's variables, which Grafana's pages would fill in and its API does not. */
final class Variables {
    private static final Pattern USE = Pattern.compile("\\$\\{(\\w+)(?::\\w+)?}|\\[\\[(\\w+)]]|\\$(\\w+)");
    private final Map<String, String> values;

    private Variables(Map<String, String> values) {
        this.values = values;
    }

    /** The values saved in the dashboard, the given ones before them. */
    static Variables of(JsonNode dashboard, Map<String, String> given) {
        Map<String, String> values = new TreeMap<>();
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            values.put(
                    variable.path("name").asText(),
                    saved(variable.path("current").path("value")));
        }
        values.putAll(given);
        return new Variables(values);
    }

    private static String saved(JsonNode value) {
        String text = value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("|"))
                : value.asText("");
        return text.equals("$__all") ? ".*" : text;
    }

    /** The same with every use of a known variable replaced by its value. */
    JsonNode in(JsonNode node) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(in(node.asText()));
        }
        if (node.isObject()) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> copy.set(field.getKey(), in(field.getValue())));
            return copy;
        }
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> copy.add(in(item)));
            return copy;
        }
        return node;
    }

    private String in(String text) {
        return USE.matcher(text)
                .replaceAll(use -> Matcher.quoteReplacement(values.getOrDefault(name(use), use.group())));
    }

    private static String name(MatchResult use) {
        for (int group = 1; group <= use.groupCount(); group++) {
            if (use.group(group) != null) {
                return use.group(group);
            }
        }
        return "";
    }
}
