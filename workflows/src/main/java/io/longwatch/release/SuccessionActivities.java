package io.longwatch.release;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a release left that gave its place to a newer one. Runs as a local activity beside the newer one. */
@ActivityInterface
public interface SuccessionActivities {
    /**
     * What a release left, read from the result of its run. Reads only; the answer is the same whenever it is asked.
     *
     * @param workflowId workflow of the release
     * @param runId its run
     * @param release its id
     * @throws io.temporal.failure.ApplicationFailure final if that run is not known, or is not of that release; to be
     *     tried again while it has not ended
     */
    @ActivityMethod(name = "release.leaves")
    FormerRelease leaves(String workflowId, String runId, String release);
}
