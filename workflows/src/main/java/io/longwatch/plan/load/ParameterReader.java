package io.longwatch.plan.load;

import io.longwatch.plan.Parameter;
import io.longwatch.plan.load.PlanLoader.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the parameters, and binds what a start gives to them. */
final class ParameterReader {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]*");

    private final Problems problems;
    private final Map<String, String> given;
    private final Mode mode;
    private final List<Parameter> declared = new ArrayList<>();
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final SortedSet<String> broken = new TreeSet<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    ParameterReader(Problems problems, Map<String, String> given, Mode mode) {
        this.problems = problems;
        this.given = given;
        this.mode = mode;
    }

    PlanParameters read(Located.Mapping plan) {
        Optional<Located> section = plan.get("parameters");
        section.ifPresent(this::readAll);
        reportUnknown(section.map(Located::position).orElse(plan.position()));
        declared.forEach(this::bind);
        return new PlanParameters(declared, broken, values, broken.isEmpty() && values.size() == declared.size());
    }

    private void readAll(Located section) {
        if (section instanceof Located.Mapping mapping) {
            for (Located.Entry entry : mapping.entries()) {
                positions.put(entry.name(), entry.key().position());
                readOne(entry).ifPresentOrElse(declared::add, () -> broken.add(entry.name()));
            }
        } else if (!(section instanceof Located.Scalar scalar && scalar.isNull())) {
            problems.error(
                    section.position(),
                    "parameters is " + section.described() + "; write a map of name to {type: ...}");
        }
    }

    private Optional<Parameter> readOne(Located.Entry entry) {
        int before = problems.count();
        ParameterFields fields = new ParameterFields(problems, entry);
        if (!NAME.matcher(entry.name()).matches()) {
            problems.error(
                    entry.key().position(),
                    "parameter '" + entry.name() + "' is not a name; begin with a lower-case letter and go on with"
                            + " letters and digits");
        }
        Optional<Parameter> parameter = fields.read();
        return problems.count() == before ? parameter : Optional.empty();
    }

    private void reportUnknown(Position position) {
        for (String name : given.keySet()) {
            if (!positions.containsKey(name)) {
                String hint = Nearest.hint(name, positions.keySet());
                String known = positions.isEmpty()
                        ? "; the plan has no parameters"
                        : "; parameters are " + String.join(", ", positions.keySet());
                problems.error(position, "unknown parameter '" + name + "'" + (hint.isEmpty() ? known : hint));
            }
        }
    }

    private void bind(Parameter parameter) {
        String text = given.get(parameter.name());
        Optional<Object> value = text == null ? valueOf(parameter) : fromText(parameter, text);
        value.ifPresent(bound -> values.put(parameter.name(), bound));
    }

    private Optional<Object> valueOf(Parameter parameter) {
        @Nullable
        Object value = parameter.defaultValue() == null && mode != Mode.FOR_START
                ? parameter.example()
                : parameter.defaultValue();
        if (value == null) {
            String what = mode != Mode.FOR_START
                    ? " has neither a default nor an example to check the plan with; add an example, or give --param "
                            + parameter.name() + "=VALUE"
                    : " has no value; give --param " + parameter.name() + "="
                            + (parameter.example() == null ? "VALUE" : parameter.example());
            error(parameter, what);
        }
        return Optional.ofNullable(value);
    }

    private Optional<Object> fromText(Parameter parameter, String text) {
        Optional<Object> value = ParameterValues.fromText(parameter.type(), text);
        if (value.isEmpty()) {
            error(parameter, ", as it was given: '" + text + "' is not " + ParameterValues.words(parameter.type()));
        } else if (!matches(parameter.pattern(), text)) {
            error(parameter, ", as it was given: '" + text + "' does not match " + parameter.pattern());
            return Optional.empty();
        }
        return value;
    }

    private void error(Parameter parameter, String rest) {
        problems.error(
                positions.getOrDefault(parameter.name(), Position.START),
                "parameter '" + parameter.name() + "'" + rest);
    }

    static boolean matches(@Nullable String pattern, Object value) {
        try {
            return pattern == null || Pattern.matches(pattern, value.toString());
        } catch (StackOverflowError tooLongForThePattern) {
            // Java matches a repeated group by recursion: a value that long was never meant.
            return false;
        }
    }

    static Optional<String> whyNoPattern(String pattern) {
        try {
            Pattern.compile(pattern);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(e.getDescription());
        }
    }

    static boolean takesPattern(Parameter.Type type) {
        return type == Parameter.Type.STRING;
    }
}
