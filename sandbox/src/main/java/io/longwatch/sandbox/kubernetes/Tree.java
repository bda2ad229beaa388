package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reading and writing objects as Jackson trees. */
final class Tree {
    static final ObjectMapper JSON = new ObjectMapper();

    private Tree() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The node at a path of field names; a missing node where there is none. */
    static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    /** The text at a path, empty where there is none. */
    static String text(JsonNode node, String... path) {
        return at(node, path).asText("");
    }

    static int integer(JsonNode node, int otherwise, String... path) {
        return at(node, path).asInt(otherwise);
    }

    /** The object at a path, made where it is missing. */
    static ObjectNode child(ObjectNode node, String... path) {
        ObjectNode found = node;
        for (String name : path) {
            found = found.get(name) instanceof ObjectNode existing ? existing : found.putObject(name);
        }
        return found;
    }

    static Stream<JsonNode> items(JsonNode node, String... path) {
        return StreamSupport.stream(at(node, path).spliterator(), false);
    }

    /** The entries of an object as text, in alphabetical order. */
    static Map<String, String> strings(JsonNode node, String... path) {
        Map<String, String> entries = new TreeMap<>();
        at(node, path)
                .properties()
                .forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
        return entries;
    }

    static void putIfAbsent(ObjectNode node, String name, String value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    static void putIfAbsent(ObjectNode node, String name, int value) {
        if (!node.hasNonNull(name)) {
            node.put(name, value);
        }
    }

    /** An instant as Kubernetes writes it: to the second. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The instant at a path, the epoch where there is none. */
    static Instant instant(JsonNode node, String... path) {
        String text = text(node, path);
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }
}
