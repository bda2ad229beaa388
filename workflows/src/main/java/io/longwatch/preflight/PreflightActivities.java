package io.longwatch.preflight;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a worker says of itself before a release begins. Touches nothing. */
@ActivityInterface
public interface PreflightActivities {
    /** Which of the needs the environment's configuration on this worker cannot meet, and of what to warn. */
    @ActivityMethod(name = "worker.connections")
    Lacks lacks(Needs needs);
}
