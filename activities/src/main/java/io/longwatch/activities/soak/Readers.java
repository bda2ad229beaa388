package io.longwatch.activities.soak;

import io.longwatch.contract.StepRef;
import java.util.Map;

/** What a look measures with: reading actions by name. */
public interface Readers {
    /** Whether an action can look at a past instant. */
    boolean backfills(String action);

    /**
     * Runs an action in this thread.
     *
     * @return its result record
     * @throws io.temporal.failure.ApplicationFailure as the action does
     */
    Object read(String action, StepRef step, Map<String, Object> with);
}
