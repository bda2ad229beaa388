package io.longwatch.worker;

import io.longwatch.contract.StepRef;
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts looks. A look is seen in the state that it heartbeats: what that counts more than the state before is what the
 * look found. The soak itself knows nothing of it.
 */
final class LookMeter extends ActivityExecutionContextBase {
    private final ActivityExecutionContext context;
    private final Meters meters;
    private final Clock clock;
    private @Nullable StepRef step;
    private @Nullable WindowProgress before;

    LookMeter(ActivityExecutionContext context, Meters meters, Clock clock) {
        super(context);
        this.context = context;
        this.meters = meters;
        this.clock = clock;
    }

    /** A look begins. */
    void begin(StepRef of, WatchInput input) {
        step = of;
        WindowProgress resume = input.resume() == null ? WindowProgress.begin(input) : input.resume();
        WindowProgress known = lastKnown()
                .filter(progress -> input.window().equals(progress.window()))
                .orElse(resume);
        before = known;
        Duration late = Duration.between(known.nextDue(input), clock.instant());
        if (!late.isNegative()) {
            meters.late(of.environment(), late);
        }
    }

    /** What cannot be read counts as absent, as it does for the look. */
    private Optional<WindowProgress> lastKnown() {
        try {
            return context.getHeartbeatDetails(WindowProgress.class);
        } catch (DataConverterException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public <V> void heartbeat(V details) {
        super.heartbeat(details);
        WindowProgress from = before;
        if (details instanceof WindowProgress now && from != null && step != null) {
            before = now;
            count(step.environment(), from, now);
        }
    }

    private void count(String environment, WindowProgress from, WindowProgress now) {
        meters.looked(environment, Meters.Look.BACKFILLED, now.backfilled() - from.backfilled());
        meters.looked(environment, Meters.Look.MISSED, now.missed() - from.missed());
        if (now.looks() > from.looks()) {
            meters.looked(environment, worst(from, now), now.looks() - from.looks());
        }
    }

    private static Meters.Look worst(WindowProgress from, WindowProgress now) {
        if (more(from, now, CheckProgress::failed)) {
            return Meters.Look.FAILED;
        }
        if (more(from, now, CheckProgress::errors)) {
            return Meters.Look.ERROR;
        }
        return more(from, now, CheckProgress::inconclusive) ? Meters.Look.INCONCLUSIVE : Meters.Look.PASSED;
    }

    private static boolean more(WindowProgress from, WindowProgress now, ToIntFunction<CheckProgress> figure) {
        return sum(now, figure) > sum(from, figure);
    }

    private static int sum(WindowProgress progress, ToIntFunction<CheckProgress> figure) {
        return progress.checks().stream().mapToInt(figure).sum();
    }
}
