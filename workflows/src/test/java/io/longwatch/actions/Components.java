package io.longwatch.actions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.contract.Field;
import io.longwatch.contract.Json;
import io.longwatch.plan.load.InputTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The components of contracts' records, and what their examples say. */
final class Components {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Components() {}

    /** Components of a record and of the records in it, each once. */
    static Set<RecordComponent> within(Class<?> type) {
        Set<RecordComponent> found = new LinkedHashSet<>();
        collect(type, found, new LinkedHashSet<>());
        return found;
    }

    private static void collect(Type type, Set<RecordComponent> found, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(each -> collect(each, found, seen));
        } else if (type instanceof Class<?> raw && raw.isRecord() && seen.add(raw)) {
            for (RecordComponent component : raw.getRecordComponents()) {
                found.add(component);
                collect(component.getGenericType(), found, seen);
            }
        }
    }

    static List<String> names(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    static Optional<Field> field(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Field.class));
    }

    static String place(RecordComponent component) {
        return component.getDeclaringRecord().getName() + "." + component.getName();
    }

    /** Components whose example is missing, though they cannot be empty, or is no value of their type. */
    static List<String> problemsOfExamples(Class<? extends Record> type) {
        List<String> problems = new ArrayList<>();
        for (RecordComponent component : within(type)) {
            String example = field(component).map(Field::example).orElse("");
            if (example.isEmpty()) {
                if (!mayBeEmpty(component)) {
                    problems.add(place(component) + " has no example");
                }
            } else {
                try {
                    value(component);
                } catch (JsonProcessingException | IllegalArgumentException e) {
                    problems.add(place(component) + ": example '" + example + "' is no " + component.getGenericType()
                            + ": " + e.getMessage());
                }
            }
        }
        return problems;
    }

    /** Text may be empty; what is absent by default needs no example; a record is made of its own. */
    private static boolean mayBeEmpty(RecordComponent component) {
        return InputTypes.isNullable(component)
                || component.getType() == String.class
                || component.getType().isRecord();
    }

    /** The record that its components' examples make. */
    static Record example(Class<? extends Record> type) {
        try {
            return Json.mapper().treeToValue(tree(type), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("examples of " + type.getSimpleName() + " make none: " + e.getMessage(), e);
        }
    }

    private static ObjectNode tree(Class<?> type) throws JsonProcessingException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String example = field(component).map(Field::example).orElse("");
            if (!example.isEmpty() || component.getType() == String.class) {
                tree.set(component.getName(), value(component));
            } else if (component.getType().isRecord() && !InputTypes.isNullable(component)) {
                tree.set(component.getName(), tree(component.getType()));
            }
        }
        return tree;
    }

    private static JsonNode value(RecordComponent component) throws JsonProcessingException {
        String text = component.getAnnotation(Field.class).example();
        Class<?> raw = component.getType();
        boolean isText = raw == String.class || raw == Duration.class || raw == Instant.class || raw.isEnum();
        JsonNode node = isText ? JsonNodeFactory.instance.textNode(text) : YAML.readTree(text);
        Json.mapper().convertValue(node, Json.mapper().constructType(component.getGenericType()));
        return node;
    }
}
