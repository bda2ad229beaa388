package io.longwatch.plan.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Field;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.plan.PlanJson;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the inputs of one use of an action against its input record. */
final class InputReader {
    private static final ObjectMapper JSON = PlanJson.strict();

    private final Reading reading;
    private final String owner;
    private final ActionSpec action;
    private final InputValues values;

    InputReader(Reading reading, String owner, ActionSpec action, Scope scope) {
        this.reading = reading;
        this.owner = owner;
        this.action = action;
        this.values = new InputValues(reading, owner, action.name(), scope, this);
    }

    /**
     * Reads {@code with}.
     *
     * @param with the map, or empty if there is none
     * @param otherwise where missing inputs are reported if there is none
     */
    Map<String, Object> read(Optional<Located> with, Position otherwise) {
        if (with.isPresent() && !(with.get() instanceof Located.Mapping)) {
            if (!(with.get() instanceof Located.Unreadable)) {
                reading.problems()
                        .error(
                                with.get().position(),
                                owner + ": with is " + with.get().described() + "; write a map of inputs");
            }
            return Map.of();
        }
        Located.Mapping node = (Located.Mapping) with.orElseGet(() -> new Located.Mapping(otherwise, List.of()));
        return record(node, action.input(), "");
    }

    /** Reads a record's fields; the path is "" for the input itself, else "cases[0]." or the like. */
    Map<String, Object> record(Located.Mapping node, Class<?> type, String path) {
        int before = reading.problems().count();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<Located> value = node.get(component.getName()).filter(InputReader::isThere);
            if (value.isPresent()) {
                Object read = values.read(value.get(), component.getGenericType(), path + component.getName());
                if (read != null) {
                    fields.put(component.getName(), read);
                }
            } else if (!InputTypes.isNullable(component)) {
                reportMissing(node, component, path);
            }
        }
        reportUnknown(node, type, path);
        if (reading.problems().count() == before) {
            construct(node, type, fields, path);
        }
        return fields;
    }

    private static boolean isThere(Located value) {
        return !(value instanceof Located.Scalar scalar && scalar.isNull());
    }

    private void reportMissing(Located.Mapping node, RecordComponent component, String path) {
        Field field = component.getAnnotation(Field.class);
        String meaning = field == null ? "" : " (" + field.value() + ")";
        reading.problems()
                .error(
                        node.position(),
                        owner + ": " + action.name() + " needs the input " + path + component.getName() + meaning);
    }

    private void reportUnknown(Located.Mapping node, Class<?> type, String path) {
        List<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        for (Located.Entry entry : node.entries()) {
            if (!names.contains(entry.name())) {
                String hint = Nearest.hint(entry.name(), names);
                String known = names.isEmpty() ? "; it takes none" : "; inputs are " + String.join(", ", names);
                reading.problems()
                        .error(
                                entry.key().position(),
                                "unknown input '" + path + entry.name() + "' of " + action.name() + " in " + owner
                                        + (hint.isEmpty() ? known : hint));
            }
        }
    }

    /** Runs the record's own checks, once all that it holds is known when the plan is loaded. */
    private void construct(Located.Mapping node, Class<?> type, Map<String, Object> fields, String path) {
        if (!reading.texts().canFill() || !ParameterOnly.test(fields)) {
            return;
        }
        try {
            JSON.treeToValue(JSON.valueToTree(reading.texts().fill(fields)), type);
        } catch (JsonProcessingException e) {
            String why = whyNot(e);
            String where = path.isEmpty() ? "" : " (" + path.substring(0, path.length() - 1) + ")";
            reading.problems().error(positionOf(node, type, why), owner + ": " + action.name() + where + ": " + why);
        } catch (ExpressionFailed e) {
            reading.problems().error(node.position(), owner + ": " + e.getMessage());
        }
    }

    private static String whyNot(JsonProcessingException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message =
                cause instanceof JsonMappingException mapping ? mapping.getOriginalMessage() : cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    /** The value of the field that a record's complaint names first, or the record. */
    private static Position positionOf(Located.Mapping node, Class<?> type, String why) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> node.get(name).isPresent() && firstMention(why, name) >= 0)
                .min(Comparator.comparingInt(name -> firstMention(why, name)))
                .flatMap(node::get)
                .map(Located::position)
                .orElse(node.position());
    }

    private static int firstMention(String text, String name) {
        var matcher =
                Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)").matcher(text);
        return matcher.find() ? matcher.start() : -1;
    }
}
