package io.longwatch.activities.soak;

import io.longwatch.plan.Durations;
import io.longwatch.soak.SoakActivities;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** How a look that is no verdict ends. */
public final class Looked {
    /** The real server takes a delay of zero for "no more retries". */
    private static final Duration LEAST_DELAY = Duration.ofSeconds(1);

    private Looked() {}

    /**
     * The failure, benign, after which the server calls again.
     *
     * @param words what was seen, and what comes next
     * @param delay how long it waits; a second at least
     */
    public static ApplicationFailure until(String words, Duration delay) {
        ApplicationFailure looked = ApplicationFailure.newBuilder()
                .setType(SoakActivities.LOOKED)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setMessage(words)
                .setNextRetryDelay(Durations.max(delay, LEAST_DELAY))
                .build();
        // Where in the code it stands says nothing to those who see it between two looks.
        looked.setStackTrace(new StackTraceElement[0]);
        return looked;
    }
}
