package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.contract.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records as their contracts' examples make them, as JSON. */
final class Examples {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Class<? extends Record>, ObjectNode> MADE = new ConcurrentHashMap<>();

    private Examples() {}

    /** An example of a record type: each component's example, or an empty value where it has none. */
    static ObjectNode of(Class<? extends Record> type) {
        return MADE.computeIfAbsent(type, Examples::made).deepCopy();
    }

    private static ObjectNode made(Class<? extends Record> type) {
        ObjectNode example = JSON.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            example.set(component.getName(), of(component));
        }
        return example;
    }

    private static JsonNode of(RecordComponent component) {
        Field field = component.getAccessor().getAnnotation(Field.class);
        String text = field == null ? "" : field.example();
        Class<?> type = component.getType();
        if (type.isRecord()) {
            return made(type.asSubclass(Record.class));
        }
        if (text.isEmpty() && component.getGenericType() instanceof ParameterizedType list) {
            return listOf(type, list);
        }
        return text.isEmpty() ? empty(type) : parsed(text, type);
    }

    /** A list of records holds one example of them, other lists and maps nothing. */
    private static JsonNode listOf(Class<?> type, ParameterizedType generic) {
        Type element = generic.getActualTypeArguments()[0];
        return Collection.class.isAssignableFrom(type) && element instanceof Class<?> each && each.isRecord()
                ? JSON.arrayNode().add(made(each.asSubclass(Record.class)))
                : empty(type);
    }

    private static JsonNode parsed(String text, Class<?> type) {
        if (type == String.class || type == Duration.class || type == Instant.class || type.isEnum()) {
            return JSON.textNode(text);
        }
        try {
            JsonNode value = YAML.readTree(text);
            boolean fits = Collection.class.isAssignableFrom(type)
                    ? value.isArray()
                    : !Map.class.isAssignableFrom(type) || value.isObject();
            return fits ? value : empty(type);
        } catch (JsonProcessingException e) {
            return empty(type);
        }
    }

    private static JsonNode empty(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return JSON.arrayNode();
        }
        if (Map.class.isAssignableFrom(type)) {
            return JSON.objectNode();
        }
        if (type == int.class || type == long.class || type == double.class) {
            return JSON.numberNode(0);
        }
        if (type == boolean.class) {
            return JSON.booleanNode(false);
        }
        if (type == Instant.class) {
            return JSON.textNode("2026-01-01T00:00:00Z");
        }
        if (type == Duration.class) {
            return JSON.textNode("PT0S");
        }
        if (type.isEnum()) {
            return JSON.textNode(String.valueOf(type.getEnumConstants()[0]));
        }
        return type == String.class ? JSON.textNode("") : JSON.nullNode();
    }
}
