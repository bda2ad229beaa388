package io.longwatch.release;

import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One activity that watches a window: the server retries it, and an attempt is a look. */
final class Watch {
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final Course course;
    private final WatchInput input;
    private final CancellationScope scope;
    private @Nullable Promise<WindowResult> promise;
    private @Nullable WindowProgress lastKnown;

    /**
     * Begins to watch.
     *
     * @param longest when the server gives the watch up if it has no verdict by then, or null for never
     */
    Watch(Course course, WatchInput input, @Nullable Duration longest) {
        this.course = course;
        this.input = input;
        this.lastKnown = input.resume();
        SoakActivities watcher = Workflow.newActivityStub(SoakActivities.class, options(longest));
        scope = Workflow.newCancellationScope(
                () -> promise = Async.function(watcher::watch, course.actions().at(input.window()), input));
        scope.run();
    }

    private ActivityOptions options(@Nullable Duration longest) {
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setTaskQueue(ReleaseWorkflow.queueOf(course.plan().environment()))
                .setStartToCloseTimeout(LOOK)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(Text.cut(input.title(), 200))
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(backoff(input))
                        .setMaximumInterval(backoff(input))
                        .setBackoffCoefficient(1)
                        .build());
        if (longest != null) {
            options.setScheduleToCloseTimeout(longest);
        }
        return options.build();
    }

    /** How long to wait before a watch that was lost is taken up again. */
    static Duration backoff(WatchInput input) {
        return input.interval().compareTo(LONGEST_BACKOFF) < 0 ? input.interval() : LONGEST_BACKOFF;
    }

    boolean ended() {
        return promise().isCompleted();
    }

    /** Waits for its end: the verdict, or null when it ended for any other cause, which is never a verdict. */
    @Nullable
    WindowResult result() {
        try {
            return promise().get();
        } catch (ActivityFailure e) {
            if (e.getCause() instanceof CanceledFailure canceled) {
                throw canceled;
            }
            if (e.getCause() instanceof TimeoutFailure timeout) {
                WindowProgress seen = timeout.getLastHeartbeatDetails().get(WindowProgress.class);
                lastKnown = seen == null ? lastKnown : seen;
            }
            course.journal().note("the watch of '" + input.window() + "' was lost: " + Text.problem(e));
            return null;
        }
    }

    /** How it stood when it was last heard of; null if it never was. */
    @Nullable
    WindowProgress lastKnown() {
        return lastKnown;
    }

    /** Ends the watch; its verdict if it had just come to one. */
    @Nullable
    WindowResult cancel() {
        scope.cancel("no longer needed");
        Promise<@Nullable WindowResult> end = promise().handle((result, failure) -> result);
        return end.get();
    }

    private Promise<WindowResult> promise() {
        return Objects.requireNonNull(promise);
    }
}
