package io.longwatch.activities.soak;

import io.longwatch.contract.StepRef;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.Words;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look at a window's checks, now or at a past instant. */
final class Look {
    private final Readers actions;
    private final StepRef step;
    private final WatchInput input;
    private final Looks looks;

    Look(Readers actions, StepRef step, WatchInput input, Looks looks) {
        this.looks = looks;
        this.actions = actions;
        this.step = step;
        this.input = input;
    }

    /** Measures every check that is due. */
    Map<String, Measurement> now(WindowProgress progress, Instant due) {
        Map<String, Measurement> seen = new LinkedHashMap<>();
        for (WatchedCheck check : input.checks()) {
            if (due(check, progress, due)) {
                seen.put(check.id(), measure(check, check.with()));
            }
        }
        looks.taken(step, due, false, seen);
        return seen;
    }

    /** Whether every check that was due then can still be measured. */
    boolean fillsIn(WindowProgress progress, Instant due) {
        return input.checks().stream()
                .filter(check -> due(check, progress, due))
                .allMatch(check -> actions.backfills(check.uses()));
    }

    /** Measures the checks that were due at a past instant and can look there. */
    Map<String, Measurement> then(WindowProgress progress, Instant due) {
        Map<String, Measurement> seen = new LinkedHashMap<>();
        for (WatchedCheck check : input.checks()) {
            if (due(check, progress, due) && actions.backfills(check.uses())) {
                Map<String, Object> with = new LinkedHashMap<>(check.with());
                with.put("time", due.toString());
                seen.put(check.id(), measure(check, with));
            }
        }
        looks.taken(step, due, true, seen);
        return seen;
    }

    private boolean due(WatchedCheck check, WindowProgress progress, Instant at) {
        CheckProgress state = progress.of(check.id());
        return !at.isBefore(input.startsAt().plus(check.initialDelay())) && !state.settled(check.limits());
    }

    private Measurement measure(WatchedCheck check, Map<String, Object> with) {
        try {
            return judge(check, actions.read(check.uses(), step.at(check.id()), with));
        } catch (ApplicationFailure e) {
            return Measurement.of(Outcome.ERROR, null, e.getOriginalMessage());
        } catch (ExpressionFailed | IllegalArgumentException e) {
            return Measurement.of(Outcome.ERROR, null, String.valueOf(e.getMessage()));
        }
    }

    private Measurement judge(WatchedCheck check, Object result) {
        Map<String, Object> scope = new LinkedHashMap<>();
        input.scope().forEach((name, value) -> scope.put(name, Values.toCel(value)));
        Object facts = Values.toCel(result);
        scope.put("result", facts);
        if (facts instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("noData"))) {
            return Measurement.of(Outcome.NO_DATA, null, check.title() + " has no data");
        }
        Double figure = figure(check, scope);
        Outcome outcome = outcome(check, scope);
        return outcome == Outcome.PASSED
                ? Measurement.passed(figure)
                : Measurement.of(
                        outcome,
                        figure,
                        check.title() + " " + Words.figure(figure, check.unit()) + ": " + condition(check, outcome));
    }

    private static @Nullable Double figure(WatchedCheck check, Map<String, Object> scope) {
        if (check.figure() == null) {
            return null;
        }
        return Expressions.shared().evaluate(check.figure(), scope) instanceof Number number
                ? number.doubleValue()
                : null;
    }

    private static Outcome outcome(WatchedCheck check, Map<String, Object> scope) {
        if (holds(check.failureCondition(), scope)) {
            return Outcome.FAILED;
        }
        if (check.successCondition() == null || holds(check.successCondition(), scope)) {
            return Outcome.PASSED;
        }
        return check.failureCondition() == null ? Outcome.FAILED : Outcome.INCONCLUSIVE;
    }

    private static boolean holds(@Nullable String condition, Map<String, Object> scope) {
        return condition != null && Expressions.shared().holds(condition, scope);
    }

    private static String condition(WatchedCheck check, Outcome outcome) {
        return outcome == Outcome.FAILED && check.failureCondition() != null
                ? check.failureCondition()
                : "not " + check.successCondition();
    }
}
