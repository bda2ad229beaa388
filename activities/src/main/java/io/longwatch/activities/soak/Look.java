package io.longwatch.activities.soak;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One look at a window's checks, now or at a past instant. */
final class Look {
    private final Readers actions;
    private final StepRef step;
    private final WatchInput input;
    private final Looks looks;
    private final SideBySide sideBySide;
    private final Duration bound;
    private final Invocation glance;
    private final Given given;

    /**
     * Looks at a window.
     *
     * @param sideBySide takes the measurements
     * @param bound what each check may take
     * @param glance what an action may know of the attempt
     */
    Look(
            Readers actions,
            StepRef step,
            WatchInput input,
            Looks looks,
            SideBySide sideBySide,
            Duration bound,
            Invocation glance) {
        this.looks = looks;
        this.actions = actions;
        this.step = step;
        this.input = input;
        this.sideBySide = sideBySide;
        this.bound = bound;
        this.glance = glance;
        this.given = new Given(input);
    }

    /** Measures every check that is due. */
    Map<String, Measurement> now(WindowProgress progress, Instant due) {
        Map<String, Callable<Measurement>> wanted = new LinkedHashMap<>();
        due(progress, due).forEach(check -> wanted.put(check.id(), () -> measure(check, check.with())));
        Map<String, Measurement> seen = sideBySide.take(wanted, bound);
        looks.taken(step, due, false, seen);
        return seen;
    }

    /** Measures the checks that were due at a past instant: those that can look there; the others are MISSED. */
    Map<String, Measurement> then(WindowProgress progress, Instant due) {
        Map<String, Measurement> seen = new LinkedHashMap<>();
        Map<String, Callable<Measurement>> wanted = new LinkedHashMap<>();
        for (WatchedCheck check : due(progress, due)) {
            if (actions.backfills(check.uses())) {
                Map<String, Object> with = new LinkedHashMap<>(check.with());
                with.put("time", due.toString());
                wanted.put(check.id(), () -> measure(check, with));
            } else {
                seen.put(check.id(), Measurement.of(Outcome.MISSED, null, "nobody looked"));
            }
        }
        Map<String, Measurement> filledIn = sideBySide.take(wanted, bound);
        if (!filledIn.isEmpty()) {
            looks.taken(step, due, true, filledIn);
        }
        seen.putAll(filledIn);
        return seen;
    }

    private List<WatchedCheck> due(WindowProgress progress, Instant at) {
        return input.checks().stream()
                .filter(check -> check.due(input, at))
                .filter(check -> !progress.of(check.id()).settled(check.limits()))
                .toList();
    }

    private Measurement measure(WatchedCheck check, Map<String, Object> with) {
        try {
            return judge(check, Invocation.within(glance, () -> actions.read(check.uses(), step.at(check.id()), with)));
        } catch (RuntimeException e) {
            return Findings.of(check.uses(), e);
        }
    }

    private Measurement judge(WatchedCheck check, Object result) {
        Object facts = Values.toCel(result);
        if (facts instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("noData"))) {
            return Measurement.of(Outcome.NO_DATA, null, check.title() + " has no data");
        }
        Double figure = figure(check, facts);
        Outcome outcome = outcome(check, facts);
        return outcome == Outcome.PASSED
                ? Measurement.passed(figure)
                : Measurement.of(
                        outcome,
                        figure,
                        check.title() + " " + Words.figure(figure, check.unit()) + ": "
                                + condition(check, outcome, facts));
    }

    private Map<String, Object> scope(String expression, Object result) {
        Map<String, Object> scope = new LinkedHashMap<>(given.valuesFor(expression));
        scope.put("result", result);
        return scope;
    }

    private @Nullable Double figure(WatchedCheck check, Object result) {
        String figure = check.figure();
        return figure != null && Expressions.shared().evaluate(figure, scope(figure, result)) instanceof Number number
                ? number.doubleValue()
                : null;
    }

    private Outcome outcome(WatchedCheck check, Object result) {
        if (holds(check.failureCondition(), result)) {
            return Outcome.FAILED;
        }
        if (check.successCondition() == null || holds(check.successCondition(), result)) {
            return Outcome.PASSED;
        }
        return check.failureCondition() == null ? Outcome.FAILED : Outcome.INCONCLUSIVE;
    }

    private boolean holds(@Nullable String condition, Object result) {
        return condition != null && Expressions.shared().holds(condition, scope(condition, result));
    }

    private String condition(WatchedCheck check, Outcome outcome, Object result) {
        String failure = check.failureCondition();
        if (outcome == Outcome.FAILED && failure != null) {
            return ConditionWords.of(failure, scope(failure, result));
        }
        String success = String.valueOf(check.successCondition());
        return "not " + ConditionWords.of(success, scope(success, result));
    }
}
