package io.longwatch.plan.load;

import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Template;
import io.longwatch.expression.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts with <code>${{ }}</code>: checks them, and fills in those that are known when the plan is loaded. */
final class LoadTimeText {
    private final Problems problems;
    private final ExpressionCheck check;
    private final PlanParameters parameters;
    private final Expressions expressions = Expressions.shared();

    LoadTimeText(Problems problems, ExpressionCheck check, PlanParameters parameters) {
        this.problems = problems;
        this.check = check;
        this.parameters = parameters;
    }

    /** The text with its parameters filled in; empty if it has any that cannot be, which is noted. */
    Optional<String> resolve(Located.Scalar scalar, String what) {
        if (!scalar.text().contains("${{")) {
            return Optional.of(scalar.text());
        }
        Locator where = Locator.of(problems.file(), scalar);
        if (!checkPlaceholders(scalar.text(), where, what, Scope.load(), Wanted.ANYTHING) || !parameters.complete()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Values.toText(fill(scalar.text())));
        } catch (ExpressionFailed e) {
            problems.error(scalar.position(), what + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A value of <code>with</code> whose placeholders speak of parameters alone, filled in. */
    @Nullable
    Object fill(@Nullable Object value) {
        return Template.resolve(value, expressions, parameters.scope());
    }

    boolean canFill() {
        return parameters.complete();
    }

    /**
     * Notes what is wrong with a text's placeholders; true if nothing is.
     *
     * @param wanted what the place takes: a text that is one placeholder must give that, any other gives text
     */
    boolean checkPlaceholders(String text, Locator where, String what, Scope scope, Wanted wanted) {
        List<Template.Placeholder> placeholders = Template.placeholders(text);
        boolean whole = Template.isWhole(text);
        boolean sound = checkClosed(text, where, what, placeholders);
        for (Template.Placeholder placeholder : placeholders) {
            Expression expression = new Expression(placeholder.expression(), where, placeholder.offset(), what);
            sound &= check.check(expression, scope, whole ? wanted : Wanted.ANYTHING);
        }
        return sound;
    }

    private boolean checkClosed(String text, Locator where, String what, List<Template.Placeholder> placeholders) {
        int last = text.lastIndexOf("${{");
        boolean open = last >= 0 && text.indexOf("}}", last) < 0;
        boolean within = placeholders.stream().anyMatch(p -> p.offset() > last);
        if (open && !within) {
            problems.error(where.file(), where.at(last), what + ": '${{' is never closed; end it with '}}'");
            return false;
        }
        return true;
    }
}
