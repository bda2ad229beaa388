package io.longwatch.activities.soak;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** One look at a window's checks, now or at a past instant. */
final class Look {
    private final Readers actions;
    private final StepRef step;
    private final WatchInput input;
    private final Looks looks;
    private final SideBySide sideBySide;
    private final Duration bound;
    private final Invocation glance;
    private final Measurer measurer;

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
        this.measurer = new Measurer(actions, step, input);
    }

    /** Measures every check that is due. */
    Map<String, Measurement> now(WindowProgress progress, Instant due) {
        Map<String, Callable<Measurement>> wanted = new LinkedHashMap<>();
        progress.dueAt(input, due).forEach(check -> wanted.put(check.id(), glancing(() -> measurer.measure(check))));
        Map<String, Measurement> seen = sideBySide.take(wanted, bound);
        looks.taken(step, due, false, seen);
        return seen;
    }

    /** Measures the checks that were due at a past instant: those that can look there; the others are MISSED. */
    Map<String, Measurement> then(WindowProgress progress, Instant due) {
        Map<String, Measurement> seen = new LinkedHashMap<>();
        Map<String, Callable<Measurement>> wanted = new LinkedHashMap<>();
        for (WatchedCheck check : progress.dueAt(input, due)) {
            if (actions.backfills(check.uses())) {
                wanted.put(check.id(), glancing(() -> measurer.measureAt(check, due)));
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

    /** An action that measures knows no more of the attempt than it may. */
    private Callable<Measurement> glancing(Supplier<Measurement> measurement) {
        return () -> Invocation.within(glance, measurement);
    }
}
