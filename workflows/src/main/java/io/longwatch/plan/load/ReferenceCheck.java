package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.expression.Expressions;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the steps and baseline figures an expression speaks of are there when it is evaluated. */
final class ReferenceCheck {
    private static final Pattern STEP =
            Pattern.compile("(?<![\\w.])steps\\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\\.(before)\\b)?");
    private static final Pattern FIGURE = Pattern.compile("(?<![\\w.])baseline\\.([A-Za-z_]\\w*)");

    private final Problems problems;
    private final PlanIndex index;

    ReferenceCheck(Problems problems, PlanIndex index) {
        this.problems = problems;
        this.index = index;
    }

    /** Notes what cannot be referred to; gives the names, as CEL knows them, that need no second message. */
    SortedSet<String> check(Expression expression, Scope scope) {
        SortedSet<String> reported = new TreeSet<>();
        if (scope.moment().variables().contains("steps")) {
            String masked = Expressions.withoutLiterals(expression.source());
            checkSteps(expression, masked, scope, reported);
            checkFigures(expression, masked, scope, reported);
        }
        return reported;
    }

    private void checkSteps(Expression expression, String masked, Scope scope, SortedSet<String> reported) {
        Matcher matcher = STEP.matcher(masked);
        while (matcher.find()) {
            String id = matcher.group(1);
            Optional<Declared> found = index.find(id);
            @Nullable String why = found.isPresent() ? whyNot(found.get(), scope.place()) : unknown(id);
            if (why != null) {
                report(expression, matcher.start(1), why);
                reported.add(Expressions.variableOf(id));
                continue;
            }
            Optional<ActionSpec> action = found.map(Declared::action);
            if (action.isEmpty()) {
                reported.add(Expressions.variableOf(id));
            } else if (matcher.group(2) != null && !action.get().hasEffect()) {
                String name = action.get().name();
                report(expression, matcher.start(2), "step '" + id + "' has no before: " + name + " changes nothing");
                reported.add("before");
            }
        }
    }

    private void report(Expression expression, int offset, String why) {
        problems.error(expression.where().file(), expression.at(offset), expression.what() + ": " + why);
    }

    private @Nullable String unknown(String id) {
        if (index.nameless()) {
            return null;
        }
        List<String> steps = index.all().stream()
                .filter(declared -> declared.kind().hasResult())
                .map(Declared::id)
                .toList();
        return "unknown step '" + id + "'" + Nearest.hint(id, steps);
    }

    private static @Nullable String whyNot(Declared step, Place place) {
        if (!step.kind().hasResult()) {
            return step.label() + " has no result to speak of";
        }
        if (step.place().order() == place.order()) {
            return "step '" + step.id() + "' refers to itself; what it found is called result, in expect and baseline";
        }
        if (step.place().runsBeside(place)) {
            return "step '" + step.id()
                    + "' runs at the same time, in the same parallel group; refer to an earlier one";
        }
        return place.comesAfter(step.place())
                ? null
                : "step '" + step.id() + "' runs later; refer to an earlier one, or move it ahead";
    }

    private void checkFigures(Expression expression, String masked, Scope scope, SortedSet<String> reported) {
        List<String> known = index.figuresBefore(scope.place());
        Matcher matcher = FIGURE.matcher(masked);
        while (matcher.find()) {
            String figure = matcher.group(1);
            if (!known.contains(figure)) {
                String why = index.recorderOf(figure)
                        .map(step -> "figure '" + figure + "' is recorded later, by step '" + step.id() + "'")
                        .orElseGet(
                                () -> "no step ahead records a figure '" + figure + "'" + Nearest.hint(figure, known));
                report(expression, matcher.start(1), why);
                reported.add(figure);
            }
        }
    }
}
