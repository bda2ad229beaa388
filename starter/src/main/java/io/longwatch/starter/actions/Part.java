package io.longwatch.starter.actions;

import io.longwatch.contract.Field;
import io.longwatch.plan.load.InputTypes;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A field of what an action takes, records or finds.
 *
 * @param name as a plan writes it; within another as {@code cases[].path}
 * @param type in words
 * @param required whether it must be given
 * @param description what it is
 * @param unit unit of a number, or empty
 * @param example a likely value, or empty
 */
public record Part(String name, String type, boolean required, String description, String unit, String example) {

    /** The fields of a record, each followed by those within it. */
    static List<Part> of(Class<?> type) {
        List<Part> parts = new ArrayList<>();
        collect(type, "", parts);
        return List.copyOf(parts);
    }

    private static void collect(Class<?> type, String path, List<Part> parts) {
        for (RecordComponent component : type.getRecordComponents()) {
            Part part = of(component, path + component.getName());
            parts.add(part);
            Type generic = component.getGenericType();
            if (within(generic).isRecord()) {
                collect(within(generic), part.name() + suffix(generic), parts);
            }
        }
    }

    private static Part of(RecordComponent component, String name) {
        Field field = component.getAnnotation(Field.class);
        return new Part(
                name,
                TypeWords.of(component.getGenericType()),
                !InputTypes.isNullable(component),
                field == null ? "" : field.value(),
                field == null ? "" : field.unit(),
                field == null ? "" : field.example());
    }

    /** The type itself, or what a list or a map of it holds. */
    private static Class<?> within(Type type) {
        Class<?> raw = InputTypes.rawType(type);
        if (Collection.class.isAssignableFrom(raw)) {
            return within(InputTypes.argument(type, 0));
        }
        return Map.class.isAssignableFrom(raw) ? within(InputTypes.argument(type, 1)) : raw;
    }

    private static String suffix(Type type) {
        Class<?> raw = InputTypes.rawType(type);
        if (Collection.class.isAssignableFrom(raw)) {
            return "[].";
        }
        return Map.class.isAssignableFrom(raw) ? ".*." : ".";
    }

    String line(int width) {
        return String.format(
                "  %-" + width + "s  %s%s%s%s",
                name,
                type + (required ? "" : ", optional"),
                description.isEmpty() ? "" : ": " + description,
                unit.isEmpty() ? "" : " [" + unit + "]",
                example.isEmpty() ? "" : " e.g. " + example.lines().findFirst().orElse(""));
    }
}
