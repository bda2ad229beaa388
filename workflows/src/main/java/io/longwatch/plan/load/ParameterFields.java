package io.longwatch.plan.load;

import io.longwatch.plan.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one parameter's declaration. Runs ahead of everything else, since all texts may speak of parameters. */
final class ParameterFields {
    private static final List<String> FIELDS = List.of("type", "pattern", "description", "default", "example");

    private final Problems problems;
    private final Located.Entry entry;
    private final String owner;

    ParameterFields(Problems problems, Located.Entry entry) {
        this.problems = problems;
        this.entry = entry;
        this.owner = "parameter '" + entry.name() + "'";
    }

    Optional<Parameter> read() {
        if (!(entry.value() instanceof Located.Mapping node)) {
            problems.error(
                    entry.value().position(),
                    owner + " is " + entry.value().described() + "; write {type: string, example: ...}");
            return Optional.empty();
        }
        reportUnknown(node);
        Optional<Parameter.Type> type = type(node);
        @Nullable String pattern = pattern(node, type.orElse(Parameter.Type.STRING));
        return type.map(t -> new Parameter(
                entry.name(),
                t,
                text(node, "description"),
                pattern,
                value(node, "default", t, pattern),
                value(node, "example", t, pattern)));
    }

    private void reportUnknown(Located.Mapping node) {
        for (Located.Entry field : node.entries()) {
            if (!FIELDS.contains(field.name())) {
                String hint = Nearest.hint(field.name(), FIELDS);
                problems.error(
                        field.key().position(),
                        "unknown field '" + field.name() + "' in " + owner
                                + (hint.isEmpty() ? "; fields are " + String.join(", ", FIELDS) : hint));
            }
        }
    }

    private Optional<Parameter.Type> type(Located.Mapping node) {
        Optional<Located> value = node.get("type");
        if (value.isEmpty()) {
            problems.error(node.position(), owner + " has no type; add one of " + types());
            return Optional.empty();
        }
        Optional<Parameter.Type> type =
                Nodes.text(node, "type").flatMap(name -> Fields.Choices.of(Parameter.Type.class, name.text()));
        if (type.isEmpty() && !(value.get() instanceof Located.Unreadable)) {
            problems.error(
                    value.get().position(),
                    owner + ": type is " + value.get().described() + "; write one of " + types());
        }
        return type;
    }

    private static String types() {
        return String.join(", ", Fields.Choices.words(Parameter.Type.class));
    }

    private @Nullable String text(Located.Mapping node, String field) {
        Optional<Located> value = node.get(field);
        Optional<Located.Scalar> text = Nodes.text(node, field);
        if (value.isPresent() && text.isEmpty() && !(value.get() instanceof Located.Unreadable)) {
            problems.error(
                    value.get().position(),
                    owner + ": " + field + " is " + value.get().described() + "; write text");
        }
        return text.map(Located.Scalar::text).orElse(null);
    }

    private @Nullable String pattern(Located.Mapping node, Parameter.Type type) {
        @Nullable String pattern = text(node, "pattern");
        if (pattern == null) {
            return null;
        }
        Position position = node.get("pattern").orElseThrow().position();
        if (!ParameterReader.takesPattern(type)) {
            problems.error(position, owner + ": only a string has a pattern; remove it");
            return null;
        }
        Optional<String> why = ParameterReader.whyNoPattern(pattern);
        why.ifPresent(reason ->
                problems.error(position, owner + ": pattern '" + pattern + "' is not a regular expression: " + reason));
        return why.isPresent() ? null : pattern;
    }

    private @Nullable Object value(Located.Mapping node, String field, Parameter.Type type, @Nullable String pattern) {
        Optional<Located> found = node.get(field).filter(v -> !(v instanceof Located.Scalar s && s.isNull()));
        if (found.isEmpty() || found.get() instanceof Located.Unreadable) {
            return null;
        }
        Optional<Object> value = found.get() instanceof Located.Scalar scalar
                ? ParameterValues.fromScalar(type, scalar)
                : Optional.empty();
        if (value.isEmpty()) {
            problems.error(
                    found.get().position(),
                    owner + ": " + field + " is " + found.get().described() + ", not " + ParameterValues.words(type));
        } else if (!ParameterReader.matches(pattern, value.get())) {
            problems.error(
                    found.get().position(), owner + ": " + field + " '" + value.get() + "' does not match " + pattern);
        }
        return value.orElse(null);
    }
}
