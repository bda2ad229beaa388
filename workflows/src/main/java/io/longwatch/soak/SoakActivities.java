package io.longwatch.soak;

import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Watches the windows of a soak. */
@ActivityInterface
public interface SoakActivities {
    /** Type of the activity that watches a window. */
    String WATCH = "soak.watch";

    /** Type by which a look that is no verdict fails, so that the server calls again at the next due time. */
    String LOOKED = "Looked";

    /**
     * One attempt is one look, and before it as many past looks as nobody took and there is time for. It evaluates every
     * check that is due, keeps its state in the heartbeat details and fails with {@link #LOOKED}, benign, saying what was
     * seen and when the next look is due; it returns only when the window has a verdict. Idempotent: a look counts nothing
     * but what it measures. Takes at most {@link LookBound#attempt}, or less where its start-to-close timeout is less.
     */
    @ActivityMethod(name = WATCH)
    WindowResult watch(StepRef step, WatchInput input);
}
