package io.longwatch.announce;

import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Tells people. A release never waits for it for long and never fails by it. */
@ActivityInterface
public interface AnnounceActivities {
    /**
     * Posts an announcement, or finds that it was posted before (by release and key). Null when the worker has no
     * channel to people.
     */
    @ActivityMethod(name = "announce.post")
    @Nullable
    Posted post(StepRef step, Announcement announcement);

    /** Replaces a posted announcement's text: a settled question, a new state. Repeating it is harmless. */
    @ActivityMethod(name = "announce.update")
    @Nullable
    Posted update(StepRef step, Posted posted, Announcement announcement);
}
