package io.longwatch.release;

import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import io.longwatch.plan.Check;
import io.longwatch.plan.Soak;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the watch of a window is given: its checks, and of the release's values only those that they speak of. */
final class WatchInputs {
    private final Course course;
    private final Soak soak;

    WatchInputs(Course course, Soak soak) {
        this.course = course;
        this.soak = soak;
    }

    /**
     * What a window's watch is given.
     *
     * @throws ExpressionFailed if its checks speak of what is not known
     */
    WatchInput of(Soak.Window window, Instant from, Instant to) {
        SortedSet<String> steps = new TreeSet<>();
        List<WatchedCheck> checks = window.checks().stream()
                .map(soak::check)
                .map(check -> watched(check, steps))
                .toList();
        return new WatchInput(
                window.id(),
                window.title(),
                from,
                to,
                window.interval(),
                window.maxExtension(),
                checks,
                scope(steps),
                null);
    }

    /** What the inputs of a window's checks speak of and is not known, in words; empty if all is. */
    Optional<String> lacking(Soak.Window window) {
        try {
            window.checks().stream()
                    .map(soak::check)
                    .forEach(check -> course.scope().resolve(check.with()));
            return Optional.empty();
        } catch (ExpressionFailed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private WatchedCheck watched(Check check, SortedSet<String> steps) {
        for (String condition : new String[] {check.figure(), check.successCondition(), check.failureCondition()}) {
            if (condition != null) {
                steps.addAll(Expressions.stepsIn(condition));
            }
        }
        return WatchedCheck.of(check, course.scope().resolve(check.with()));
    }

    private Map<String, Object> scope(SortedSet<String> steps) {
        Map<String, Object> all = course.scope().values();
        Map<String, Object> named = new LinkedHashMap<>();
        if (all.get("steps") instanceof Map<?, ?> known) {
            steps.forEach(step -> {
                Object facts = known.get(Expressions.variableOf(step));
                if (facts != null) {
                    named.put(Expressions.variableOf(step), facts);
                }
            });
        }
        all.put("steps", named);
        Map<String, Object> plain = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            Object json = Values.toJson(value);
            if (json != null) {
                plain.put(name, json);
            }
        });
        return plain;
    }
}
