package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a field stands, as elements of {@code fieldsV1}: {@code f:name} for a field, {@code k:{"name":"app"}} for an
 * item of a list with keys, {@code v:"x"} for an item of a set.
 */
record FieldPath(List<String> elements) {
    static final FieldPath ROOT = new FieldPath(List.of());

    FieldPath {
        elements = List.copyOf(elements);
    }

    FieldPath field(String name) {
        return then("f:" + name);
    }

    FieldPath item(JsonNode item, List<String> keys) {
        ObjectNode key = Tree.object();
        keys.stream().sorted().forEach(k -> key.set(k, Schema.keyOf(item, k)));
        return then("k:" + key);
    }

    FieldPath value(JsonNode value) {
        return then("v:" + value);
    }

    FieldPath then(String element) {
        List<String> longer = new ArrayList<>(elements);
        longer.add(element);
        return new FieldPath(longer);
    }

    FieldPath parent() {
        return new FieldPath(elements.subList(0, elements.size() - 1));
    }

    String last() {
        return elements.get(elements.size() - 1);
    }

    boolean startsWith(FieldPath other) {
        return elements.size() >= other.elements.size()
                && elements.subList(0, other.elements.size()).equals(other.elements);
    }

    /** As messages write it: {@code .spec.template.spec.containers[name="app"].image}. */
    String readable() {
        return elements.stream().map(FieldPath::readable).collect(Collectors.joining());
    }

    private static String readable(String element) {
        String rest = element.substring(2);
        if (element.startsWith("f:")) {
            return "." + rest;
        }
        if (element.startsWith("v:")) {
            return "[=" + rest + "]";
        }
        return parse(rest).properties().stream().map(FieldPath::readable).collect(Collectors.joining(",", "[", "]"));
    }

    private static String readable(Map.Entry<String, JsonNode> key) {
        return key.getKey() + "=" + key.getValue();
    }

    /** The key or value that an element of a list names. */
    static JsonNode parse(String json) {
        try {
            return Tree.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
