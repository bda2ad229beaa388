package io.longwatch.plan.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Field;
import io.longwatch.plan.PlanJson;
import io.longwatch.plan.load.InputTypes;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inputs of actions, from their records. */
final class InputShapes {
    private static final String PLACEHOLDER = "^\\$\\{\\{.*\\}\\}$";

    private InputShapes() {}

    /** What {@code with} holds for an action. */
    static ObjectNode of(ActionSpec action) {
        return record(action.input(), "Inputs of " + action.name());
    }

    private static ObjectNode record(Class<?> type, String description) {
        ObjectShape shape = new ObjectShape(description);
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode schema = described(of(component.getGenericType()), component.getAnnotation(Field.class));
            if (InputTypes.isNullable(component)) {
                shape.optional(component.getName(), schema);
            } else {
                shape.required(component.getName(), schema);
            }
        }
        return shape.done();
    }

    private static ObjectNode described(ObjectNode schema, @Nullable Field field) {
        if (field == null) {
            return schema;
        }
        String unit = field.unit().isEmpty() ? "" : " (" + field.unit() + ")";
        schema.put("description", field.value() + unit);
        if (!field.example().isEmpty()) {
            schema.putArray("examples").add(example(field.example(), schema));
        }
        return schema;
    }

    private static JsonNode example(String text, ObjectNode schema) {
        JsonNode number = PlanJson.strict().getNodeFactory().textNode(text);
        boolean numeric =
                schema.toString().contains("\"integer\"") || schema.toString().contains("\"number\"");
        return numeric && text.matches("-?\\d{1,18}")
                ? PlanJson.strict().getNodeFactory().numberNode(Long.parseLong(text))
                : number;
    }

    private static ObjectNode of(Type type) {
        Class<?> raw = InputTypes.rawType(type);
        if (raw == String.class) {
            return Shapes.anyOf(List.of(Shapes.text(""), Shapes.ref("file")));
        }
        if (raw.isRecord()) {
            return record(raw, "");
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return orPlaceholder(Shapes.listOf(of(InputTypes.argument(type, 0)), ""));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return orPlaceholder(Shapes.mapOf(of(InputTypes.argument(type, 1)), ""));
        }
        return scalar(raw);
    }

    private static ObjectNode scalar(Class<?> raw) {
        if (raw.isEnum()) {
            return orPlaceholder(constants(raw));
        }
        if (raw == Duration.class) {
            return Shapes.ref("duration");
        }
        if (raw == Instant.class) {
            return orPlaceholder(Shapes.text("").put("format", "date-time"));
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return orPlaceholder(Shapes.type("boolean", ""));
        }
        if (raw == double.class || raw == Double.class) {
            return orPlaceholder(Shapes.type("number", ""));
        }
        return raw == Object.class ? Shapes.empty() : orPlaceholder(Shapes.type("integer", ""));
    }

    private static ObjectNode constants(Class<?> raw) {
        ObjectNode node = Shapes.empty();
        var words = node.putArray("enum");
        for (Object constant : raw.getEnumConstants()) {
            String word = PlanJson.strict().convertValue(constant, String.class);
            words.add(word);
            if (!word.equals(word.toLowerCase(Locale.ROOT))) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return node;
    }

    private static ObjectNode orPlaceholder(ObjectNode schema) {
        return Shapes.anyOf(List.of(schema, Shapes.matching(PLACEHOLDER, "")));
    }
}
