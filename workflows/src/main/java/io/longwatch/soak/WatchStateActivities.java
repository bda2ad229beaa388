package io.longwatch.soak;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** What a watch under way has seen. Runs as a local activity beside the release, on the queue of workflows. */
@ActivityInterface
public interface WatchStateActivities {
    /**
     * How the watch of a window in a running release stood at its last look, read from the server; null if there is none.
     * Reads only. It must be asked before the watch is cancelled, which forgets it.
     *
     * @param workflowId workflow of the release
     * @param window window id
     */
    @ActivityMethod(name = "soak.progress")
    @Nullable
    WindowProgress progress(String workflowId, String window);
}
