package io.longwatch.starter.actions;

import io.longwatch.plan.PlanJson;
import io.longwatch.plan.load.InputTypes;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Types of fields, in the words of someone who writes a plan. */
final class TypeWords {
    private static final Map<Class<?>, String> PLAIN = Map.of(
            String.class, "text",
            boolean.class, "true or false",
            Boolean.class, "true or false",
            double.class, "number",
            Double.class, "number",
            Duration.class, "duration",
            Instant.class, "time",
            Object.class, "anything");

    private TypeWords() {}

    static String of(Type type) {
        Class<?> raw = InputTypes.rawType(type);
        String plain = PLAIN.get(raw);
        if (plain != null) {
            return plain;
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return "list of " + within(InputTypes.argument(type, 0));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "map of names to " + within(InputTypes.argument(type, 1));
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants()).map(TypeWords::word).collect(Collectors.joining(" | "));
        }
        return raw.isRecord() ? "map" : "whole number";
    }

    private static String within(Type type) {
        Class<?> raw = InputTypes.rawType(type);
        return switch (PLAIN.getOrDefault(raw, "")) {
            case "" -> raw.isRecord() ? "maps" : of(type) + (raw.isEnum() ? "" : "s");
            case "duration", "number" -> of(type) + "s";
            case "time" -> "times";
            default -> of(type);
        };
    }

    /** As plans write a constant: its own word, or its name in lower case. */
    private static String word(Object constant) {
        String word = PlanJson.strict().convertValue(constant, String.class);
        return word.equals(((Enum<?>) constant).name()) ? word.toLowerCase(Locale.ROOT) : word;
    }
}
