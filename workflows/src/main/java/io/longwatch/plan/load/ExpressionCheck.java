package io.longwatch.plan.load;

import dev.cel.common.types.CelType;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.ScopeTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks expressions: first what they refer to, in the plan's words, then all else by CEL's type checker. */
final class ExpressionCheck {
    private static final Pattern VARIABLE =
            Pattern.compile("(?<![\\w.])(" + String.join("|", Expressions.VARIABLES) + ")\\b(?!\\s*\\()");

    private final Problems problems;
    private final PlanIndex index;
    private final PlanParameters parameters;
    private final ReferenceCheck references;
    private final ChosenNameCheck chosen;
    private final CelMessages messages;
    private final Map<Scope, ScopeTypes> types = new LinkedHashMap<>();
    private final Map<Asked, Expressions.Typed> answers = new LinkedHashMap<>();

    /** An expression in a scope: the same one stands in many places of a plan. */
    private record Asked(Scope scope, String source) {}

    ExpressionCheck(Problems problems, PlanIndex index, PlanParameters parameters) {
        this.problems = problems;
        this.index = index;
        this.parameters = parameters;
        this.references = new ReferenceCheck(problems, index);
        this.chosen = new ChosenNameCheck(problems, index);
        this.messages = new CelMessages(problems, index, parameters);
    }

    /** Notes what is wrong with an expression; true if nothing is. */
    boolean check(Expression expression, Scope scope, Wanted wanted) {
        int before = problems.count();
        if (expression.source().isBlank()) {
            problems.error(expression.at(0), expression.what() + " is empty; write a CEL expression or remove it");
            return false;
        }
        SortedSet<String> reported = new TreeSet<>(parameters.broken());
        reportVariables(expression, scope, reported);
        reported.addAll(references.check(expression, scope));
        Expressions.Typed typed = typed(expression.source(), scope);
        typed.tree().ifPresent(tree -> chosen.check(expression, tree, scope.chosen()));
        messages.report(expression, scope, typed.problems(), reported);
        typed.type().ifPresent(type -> reportType(expression, type, wanted));
        return problems.count() == before && typed.type().isPresent();
    }

    private void reportVariables(Expression expression, Scope scope, SortedSet<String> reported) {
        List<String> known = scope.moment().variables();
        Matcher matcher = VARIABLE.matcher(Expressions.withoutLiterals(expression.source()));
        while (matcher.find()) {
            String name = matcher.group(1);
            if (!known.contains(name) && reported.add(name)) {
                problems.error(
                        expression.where().file(),
                        expression.at(matcher.start()),
                        expression.what() + " is evaluated " + scope.moment().words() + ", where " + name
                                + " is not known; it may speak of " + String.join(", ", known));
            }
        }
    }

    private void reportType(Expression expression, CelType given, Wanted wanted) {
        if (!wanted.accepts(given)) {
            problems.error(
                    expression.where().file(),
                    expression.at(0),
                    expression.what() + " gives " + Wanted.wordsOf(given) + ", wanted " + wanted);
        }
    }

    private Expressions.Typed typed(String source, Scope scope) {
        Asked asked = new Asked(speaksOfWhatRan(source) ? scope.typed() : Scope.start(), source);
        return answers.computeIfAbsent(asked, key -> Expressions.typed(source, typesOf(key.scope())));
    }

    /** Whether it may mean anything that differs from place to place. */
    private static boolean speaksOfWhatRan(String source) {
        return Expressions.VARIABLES.stream()
                .filter(name -> !Scope.start().moment().variables().contains(name))
                .anyMatch(source::contains);
    }

    private ScopeTypes typesOf(Scope scope) {
        return types.computeIfAbsent(scope, this::makeTypes);
    }

    private ScopeTypes makeTypes(Scope scope) {
        ScopeTypes made = ScopeTypes.of(parameters.declared());
        if (scope.moment().variables().contains("steps")) {
            made.withSteps(index.actionsBefore(scope.place()), index.figuresBefore(scope.place()));
        }
        Optional.ofNullable(scope.result()).ifPresent(made::withResult);
        return made;
    }
}
