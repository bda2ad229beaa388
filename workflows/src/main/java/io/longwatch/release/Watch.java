package io.longwatch.release;

import io.longwatch.plan.Durations;
import io.longwatch.soak.LookBound;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.text.Bounded;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One activity that watches a window: the server retries it, and an attempt is a look. */
final class Watch {
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final Course course;
    private final WatchInput input;
    private final CancellationScope scope;
    private @Nullable Promise<WindowResult> promise;
    private @Nullable WindowProgress lastKnown;

    /**
     * Begins to watch.
     *
     * @param longest when the server gives the watch up if it has no verdict by then, as in releases that an older
     *     worker began, or null for never
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
                .setStartToCloseTimeout(LookBound.of(input).attempt())
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(Bounded.cut(input.title(), 200))
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
        return Durations.min(input.interval(), LONGEST_BACKOFF);
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
            lastKnown = seen(e.getCause()).orElse(lastKnown);
            course.journal().note("the watch of '" + input.window() + "' was lost: " + Text.problem(e));
            return null;
        }
    }

    /** What the failure that ended it carries of what was seen. */
    private Optional<WindowProgress> seen(@Nullable Throwable cause) {
        if (cause instanceof TimeoutFailure timeout) {
            return seen(timeout.getLastHeartbeatDetails());
        }
        return cause instanceof ApplicationFailure failure ? seen(failure.getDetails()) : Optional.empty();
    }

    private Optional<WindowProgress> seen(Values details) {
        try {
            return details.getSize() == 0
                    ? Optional.empty()
                    : Optional.ofNullable(details.get(WindowProgress.class))
                            .filter(progress -> input.window().equals(progress.window()));
        } catch (DataConverterException e) {
            course.journal().note("what '" + input.window() + "' has seen cannot be read: " + Text.problem(e));
            return Optional.empty();
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
