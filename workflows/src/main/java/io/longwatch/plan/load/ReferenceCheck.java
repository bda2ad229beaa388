package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import io.longwatch.expression.Expressions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    private static final Pattern FOUND =
            Pattern.compile("(?<![\\w.])steps\\.([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\\.(result|before)\\.(\\w+)");
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
            if (scope.moment() == Scope.Moment.RESULT && index.isSoak(scope.place())) {
                refuseTimes(expression, masked);
            }
        }
        return reported;
    }

    /** A look is given what steps found as JSON, which knows a time or a duration as text only. */
    private void refuseTimes(Expression expression, String masked) {
        Matcher matcher = FOUND.matcher(masked);
        while (matcher.find()) {
            boolean time = index.find(matcher.group(1))
                    .map(Declared::action)
                    .map(action -> "result".equals(matcher.group(2)) ? action.result() : action.before())
                    .filter(record -> isTime(record, matcher.group(3)))
                    .isPresent();
            if (time) {
                report(
                        expression,
                        matcher.start(3),
                        "a check cannot compare the time or duration '" + matcher.group(3) + "' that step '"
                                + matcher.group(1) + "' found; record string(result." + matcher.group(3)
                                + ") in that step's baseline and convert that");
            }
        }
    }

    private static boolean isTime(Class<? extends Record> record, String field) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getName().equals(field))
                .anyMatch(component -> component.getType() == Instant.class || component.getType() == Duration.class);
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
            } else if (!masked.matches("(?s).*\\bhas\\(\\s*steps\\." + id + "\\..*")) {
                checkCertain(expression, matcher.start(1), found.get(), scope.place());
            }
        }
    }

    /** Whether a step has run whenever the place is reached. */
    private void checkCertain(Expression expression, int offset, Declared step, Place place) {
        String ask = "; ask has(steps." + step.id() + ".result) first";
        if (!place.instead().containsAll(step.place().instead())) {
            report(
                    expression,
                    offset,
                    "step '" + step.id() + "' stands under rollForward and runs only if another fails" + ask);
        } else if (!place.conditions().containsAll(step.place().conditions())) {
            problems.warning(
                    expression.where().file(),
                    expression.at(offset),
                    expression.what() + ": step '" + step.id() + "' runs only when "
                            + String.join(" and ", step.place().conditions()) + ask + ", or write the same when here");
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

    private @Nullable String whyNot(Declared step, Place place) {
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
        if (place.comesAfter(step.place())) {
            return null;
        }
        return index.isSoak(place)
                ? "step '" + step.id() + "' runs later than this check may be looked at, from the end of the"
                        + " phase at T on; refer to one that has run by then, or leave the check to later windows"
                : "step '" + step.id() + "' runs later; refer to an earlier one, or move it ahead";
    }

    private void checkFigures(Expression expression, String masked, Scope scope, SortedSet<String> reported) {
        List<String> known = index.figuresBefore(scope.place());
        Matcher matcher = FIGURE.matcher(masked);
        while (matcher.find()) {
            String figure = matcher.group(1);
            if (!known.contains(figure)) {
                String why = index.recorderOf(figure)
                        .map(step -> "figure '" + figure + "' is recorded later, by step '" + step.id() + "'"
                                + (index.isSoak(scope.place()) ? ", when this check may have been looked at" : ""))
                        .orElseGet(
                                () -> "no step ahead records a figure '" + figure + "'" + Nearest.hint(figure, known));
                report(expression, matcher.start(1), why);
                reported.add(figure);
            }
        }
    }
}
