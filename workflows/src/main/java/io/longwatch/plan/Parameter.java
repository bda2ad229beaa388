package io.longwatch.plan;

import org.jspecify.annotations.Nullable;

/**
 * What a start gives to a plan.
 *
 * @param name as in {@code params.name}
 * @param type of its value
 * @param description for people, or null
 * @param pattern regular expression that the whole of a string value matches, or null
 * @param defaultValue value when none is given, or null when one must be
 * @param example a likely value, used where a plan is checked without parameters, or null
 */
public record Parameter(
        String name,
        Type type,
        @Nullable String description,
        @Nullable String pattern,
        @Nullable Object defaultValue,
        @Nullable Object example) {
    /** A value of it as it would stand in a plan. */
    public String written(Object value) {
        String text = value.toString();
        return type == Type.DURATION
                ? Durations.parse(text).map(Durations::format).orElse(text)
                : text;
    }

    /** Types of parameters; a duration is kept as ISO-8601 text. */
    public enum Type {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        DURATION
    }
}
