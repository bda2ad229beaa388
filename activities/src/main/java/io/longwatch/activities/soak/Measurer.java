package io.longwatch.activities.soak;

import io.longwatch.contract.StepRef;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Values;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures checks of a window: reads what an action finds and judges it by the check's conditions. */
public final class Measurer {
    /** Input of actions that can look at a past instant: as of when. */
    public static final String TIME = "time";

    private final Readers actions;
    private final StepRef window;
    private final Given given;

    /**
     * A measurer of one window.
     *
     * @param actions what it reads with
     * @param window the window as its release's step
     */
    public Measurer(Readers actions, StepRef window, WatchInput input) {
        this.actions = actions;
        this.window = window;
        this.given = new Given(input);
    }

    /** Measures a check now. That an action fails is a measurement too: an error. */
    Measurement measure(WatchedCheck check) {
        return measure(check, check.with());
    }

    /** Measures a check as of an instant. That an action fails is a measurement too: an error. */
    public Measurement measureAt(WatchedCheck check, Instant at) {
        Map<String, Object> with = new LinkedHashMap<>(check.with());
        with.put(TIME, at.toString());
        return measure(check, with);
    }

    private Measurement measure(WatchedCheck check, Map<String, Object> with) {
        try {
            return judge(check, actions.read(check.uses(), window.at(check.id()), with));
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
