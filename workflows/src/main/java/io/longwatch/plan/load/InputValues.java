package io.longwatch.plan.load;

import io.longwatch.expression.Template;
import io.longwatch.plan.Durations;
import io.longwatch.plan.PlanJson;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads single inputs by their Java type into what JSON would hold; gives null, and notes why, if one does not fit. */
final class InputValues {
    private final Reading reading;
    private final String owner;
    private final String action;
    private final Scope scope;
    private final InputReader records;

    InputValues(Reading reading, String owner, String action, Scope scope, InputReader records) {
        this.reading = reading;
        this.owner = owner;
        this.action = action;
        this.scope = scope;
        this.records = records;
    }

    @Nullable
    Object read(Located node, Type type, String path) {
        Class<?> raw = InputTypes.rawType(type);
        if (node instanceof Located.Unreadable) {
            return null;
        }
        if (node instanceof Located.Scalar scalar) {
            return scalar(scalar, type, raw, path);
        }
        if (node instanceof Located.Mapping mapping) {
            return mapping(mapping, type, raw, path);
        }
        return sequence((Located.Sequence) node, type, raw, path);
    }

    private @Nullable Object scalar(Located.Scalar scalar, Type type, Class<?> raw, String path) {
        if (scalar.value() instanceof String text && text.contains("${{")) {
            return template(scalar, text, type, raw, path);
        }
        if (raw == String.class) {
            return scalar.value() instanceof String ? scalar.text() : wrong(scalar, path, "write text, in quotes");
        }
        if (raw == Object.class) {
            return scalar.value();
        }
        if (raw.isEnum()) {
            return constant(scalar, raw, path);
        }
        if (raw == Duration.class) {
            return duration(scalar, path);
        }
        if (raw == Instant.class) {
            return instant(scalar, path);
        }
        return number(scalar, raw, path);
    }

    private @Nullable Object template(Located.Scalar scalar, String text, Type type, Class<?> raw, String path) {
        String what = owner + ": " + path;
        Locator where = Locator.of(reading.problems().file(), scalar);
        boolean sound = reading.texts().checkPlaceholders(text, where, what, scope, Wanted.of(type));
        boolean takesText = raw == String.class || raw == Object.class || raw.isEnum();
        if (sound && !takesText && !Template.isWhole(text)) {
            return wrong(scalar, path, "write one ${{ }} and nothing beside it, or " + InputValues.example(raw));
        }
        return sound ? text : null;
    }

    private @Nullable Object constant(Located.Scalar scalar, Class<?> raw, String path) {
        List<String> words = new ArrayList<>();
        for (Object constant : raw.getEnumConstants()) {
            String word = PlanJson.strict().convertValue(constant, String.class);
            if (scalar.text().equals(word) || scalar.text().equalsIgnoreCase(((Enum<?>) constant).name())) {
                return word;
            }
            words.add(word.equals(((Enum<?>) constant).name()) ? word.toLowerCase(Locale.ROOT) : word);
        }
        return wrong(scalar, path, "write one of " + String.join(", ", words) + Nearest.hint(scalar.text(), words));
    }

    private @Nullable Object duration(Located.Scalar scalar, String path) {
        Optional<Duration> duration = Durations.parseBounded(scalar.text());
        if (duration.isEmpty()) {
            reading.problems()
                    .error(
                            scalar.position(),
                            owner + ": " + path + " '" + scalar.text() + "' is not a duration; write 90s, 10m or 2h");
        }
        return duration.map(Duration::toString).orElse(null);
    }

    private @Nullable Object instant(Located.Scalar scalar, String path) {
        try {
            return OffsetDateTime.parse(scalar.text()).toInstant().toString();
        } catch (DateTimeParseException e) {
            return wrong(scalar, path, "write an instant such as 2026-01-31T14:00:00Z");
        }
    }

    private @Nullable Object number(Located.Scalar scalar, Class<?> raw, String path) {
        Object value = scalar.value();
        boolean fits = ((raw == boolean.class || raw == Boolean.class) && value instanceof Boolean)
                || ((raw == int.class || raw == Integer.class) && value instanceof Integer)
                || ((raw == long.class || raw == Long.class) && (value instanceof Integer || value instanceof Long))
                || ((raw == double.class || raw == Double.class)
                        && value instanceof Number n
                        && Double.isFinite(n.doubleValue()));
        return fits ? value : wrong(scalar, path, "write " + example(raw));
    }

    private @Nullable Object mapping(Located.Mapping mapping, Type type, Class<?> raw, String path) {
        if (raw == String.class || raw == Object.class) {
            Optional<String> taken = fileText(mapping, path);
            if (taken.isPresent() || isFile(mapping)) {
                return taken.orElse(null);
            }
        }
        if (raw.isRecord()) {
            return records.record(mapping, raw, path + ".");
        }
        if (raw == Object.class || Map.class.isAssignableFrom(raw)) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            Type of = raw == Object.class ? Object.class : InputTypes.argument(type, 1);
            mapping.entries().forEach(e -> copy.put(e.name(), read(e.value(), of, path + "." + e.name())));
            return Collections.unmodifiableMap(copy);
        }
        return wrong(mapping, path, "write " + example(raw));
    }

    private static boolean isFile(Located.Mapping mapping) {
        return mapping.entries().size() == 1
                && (Nodes.text(mapping, "file").isPresent()
                        || Nodes.text(mapping, "template").isPresent());
    }

    private Optional<String> fileText(Located.Mapping mapping, String path) {
        if (!isFile(mapping)) {
            return Optional.empty();
        }
        String what = owner + ": " + path;
        Optional<Located.Scalar> file = Nodes.text(mapping, "file");
        if (file.isPresent()) {
            return reading.files().read(what, file.get()).map(Template::literal);
        }
        Located.Scalar template = Nodes.text(mapping, "template").orElseThrow();
        Optional<String> text = reading.files().read(what, template);
        text.ifPresent(t -> reading.texts()
                .checkPlaceholders(t, Locator.ofFile(besidePlan(template.text()), t), what, scope, Wanted.ANYTHING));
        return text;
    }

    /** A file that the plan takes in, as messages name the plan itself. */
    private String besidePlan(String path) {
        String plan = reading.problems().file();
        return plan.substring(0, plan.lastIndexOf('/') + 1) + path;
    }

    private @Nullable Object sequence(Located.Sequence sequence, Type type, Class<?> raw, String path) {
        if (raw != Object.class && !Collection.class.isAssignableFrom(raw)) {
            return wrong(sequence, path, "write " + example(raw));
        }
        Type of = raw == Object.class ? Object.class : InputTypes.argument(type, 0);
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            items.add(read(sequence.items().get(i), of, path + "[" + i + "]"));
        }
        return Collections.unmodifiableList(items);
    }

    private @Nullable Object wrong(Located found, String path, String wanted) {
        reading.problems()
                .error(
                        found.position(),
                        owner + ": input " + path + " of " + action + " is " + found.described() + "; " + wanted);
        return null;
    }

    private static String example(Class<?> raw) {
        if (raw == String.class) {
            return "text, or {file: path}";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        if (raw == double.class || raw == Double.class) {
            return "a number";
        }
        if (raw == Duration.class) {
            return "a duration such as 10m";
        }
        if (raw == Instant.class) {
            return "an instant such as 2026-01-31T14:00:00Z";
        }
        if (raw.isEnum()) {
            return "one of " + Arrays.toString(raw.getEnumConstants());
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return "a list";
        }
        return raw.isRecord() || Map.class.isAssignableFrom(raw) ? "a map" : "a whole number";
    }
}
