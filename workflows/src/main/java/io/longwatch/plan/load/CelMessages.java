package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.ReleaseFacts;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CEL's complaints in a plan's words, each at its character. */
final class CelMessages {
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '\\((.*)\\)' .*", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("_?(?:@)?([^_@]+)_?");
    private static final Pattern OPERAND =
            Pattern.compile("(params|release|result|baseline|steps\\.([a-z0-9-]+)\\.(result|before))\\s*$");

    private final Problems problems;
    private final PlanIndex index;
    private final PlanParameters parameters;

    CelMessages(Problems problems, PlanIndex index, PlanParameters parameters) {
        this.problems = problems;
        this.index = index;
        this.parameters = parameters;
    }

    /** Notes CEL's complaints, but those about names that have been reported. Of those about grammar only the first. */
    void report(Expression expression, Scope scope, List<Expressions.Problem> complaints, SortedSet<String> reported) {
        boolean grammar = false;
        for (Expressions.Problem complaint : complaints) {
            boolean type = FIELD.matcher(complaint.message()).matches()
                    || NAME.matcher(complaint.message()).matches()
                    || !isGrammar(complaint.message());
            boolean known = speaksOf(complaint.message(), reported)
                    || (reported.contains("before") && complaint.message().contains("field selection"));
            if (!known && (type || !grammar)) {
                note(expression, scope, complaint);
            }
            grammar |= !type;
        }
    }

    private static boolean isGrammar(String message) {
        return message.startsWith("mismatched input")
                || message.startsWith("extraneous input")
                || message.startsWith("missing ")
                || message.startsWith("no viable")
                || message.startsWith("token recognition")
                || message.startsWith("Syntax error");
    }

    private static boolean speaksOf(String message, SortedSet<String> names) {
        return Optional.of(FIELD.matcher(message))
                .filter(Matcher::matches)
                .or(() -> Optional.of(NAME.matcher(message)).filter(Matcher::matches))
                .map(matcher -> names.contains(matcher.group(1)))
                .orElse(false);
    }

    private void note(Expression expression, Scope scope, Expressions.Problem complaint) {
        int offset = offsetOf(expression.source(), complaint);
        Matcher field = FIELD.matcher(complaint.message());
        if (field.matches()) {
            int at = expression.source().indexOf(field.group(1).replace('_', '-'), offset);
            int exact = expression.source().indexOf(field.group(1), offset);
            int place = exact >= 0 ? exact : Math.max(at, offset);
            String hint =
                    Nearest.hint(field.group(1), fieldsOf(expression.source().substring(0, offset), scope));
            noteAt(expression, place, "unknown field '" + field.group(1) + "'" + hint);
        } else {
            noteAt(expression, offset, inPlainWords(complaint.message(), scope));
        }
    }

    private void noteAt(Expression expression, int offset, String message) {
        problems.error(expression.where().file(), expression.at(offset), expression.what() + ": " + message);
    }

    private static String inPlainWords(String message, Scope scope) {
        Matcher name = NAME.matcher(message);
        if (name.matches()) {
            return "unknown name '" + name.group(1) + "'; it may speak of "
                    + String.join(", ", scope.moment().variables());
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            Matcher operator = OPERATOR.matcher(overload.group(1));
            String shown = operator.matches() ? operator.group(1) : overload.group(1);
            return "'" + shown + "' does not go with ("
                    + overload.group(2).replace("google.protobuf.", "").toLowerCase(Locale.ROOT)
                    + "); convert one of them";
        }
        if (isGrammar(message)) {
            if (message.startsWith("token recognition error at: '= ")) {
                return "not a CEL expression: write == to compare";
            }
            int expecting = message.indexOf(" expecting ");
            return "not a CEL expression: " + (expecting < 0 ? message : message.substring(0, expecting));
        }
        return message;
    }

    private static int offsetOf(String source, Expressions.Problem complaint) {
        int offset = 0;
        for (int line = 1; line < complaint.line(); line++) {
            offset = source.indexOf('\n', offset) + 1;
        }
        return Math.min(offset + Math.max(complaint.column(), 0), source.length());
    }

    private List<String> fieldsOf(String operand, Scope scope) {
        Matcher matcher = OPERAND.matcher(operand);
        if (!matcher.find()) {
            return List.of();
        }
        return switch (matcher.group(1)) {
            case "params" -> parameterNames();
            case "release" -> components(ReleaseFacts.class);
            case "baseline" -> index.figuresBefore(scope.place());
            case "result" -> components(scope.result());
            default ->
                index.find(matcher.group(2))
                        .map(step -> componentsOf(step.action(), matcher.group(3)))
                        .orElse(List.of());
        };
    }

    private List<String> parameterNames() {
        List<String> names = new ArrayList<>(parameters.broken());
        parameters.declared().forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    private static List<String> componentsOf(@Nullable ActionSpec action, String part) {
        return action == null ? List.of() : components("before".equals(part) ? action.before() : action.result());
    }

    private static List<String> components(@Nullable Class<? extends Record> type) {
        return type == null
                ? List.of()
                : Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList();
    }
}
