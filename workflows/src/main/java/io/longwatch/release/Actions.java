package io.longwatch.release;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.plan.Durations;
import io.longwatch.text.Bounded;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls actions by their names on the queue of the release's environment. */
final class Actions {
    /** Attempts longer than this must show life. */
    private static final Duration SILENT = Duration.ofMinutes(2);

    private static final Duration HEARTBEAT = Duration.ofMinutes(1);
    private static final Duration READ_BEFORE = Duration.ofMinutes(5);

    private final String release;
    private final String environment;

    Actions(String release, String environment) {
        this.release = release;
        this.environment = environment;
    }

    StepRef at(String step) {
        return new StepRef(release, environment, step);
    }

    /**
     * Runs an action that only reads.
     *
     * @param attempts most attempts, or 0 for as many as fit into the timeout
     */
    Record read(ActionSpec spec, String step, String title, Duration timeout, int attempts, Map<String, Object> input) {
        return call(spec.name(), options(spec, title, timeout, attempts), spec.result(), at(step), input);
    }

    /** Reads what undo needs, ahead of an effect. */
    Record before(ActionSpec spec, String step, String title, Map<String, Object> input) {
        Class<? extends Record> type = requireBefore(spec);
        return call(spec.beforeName(), options(spec, "before: " + title, READ_BEFORE, 0), type, at(step), input);
    }

    /**
     * Carries out an effect.
     *
     * @param attempts most attempts, or 0 for as many as fit into the timeout; what is safe only once is tried once
     */
    Record act(
            ActionSpec spec,
            String step,
            String title,
            Duration timeout,
            int attempts,
            Map<String, Object> input,
            Object before) {
        return call(
                spec.name(),
                options(spec, title, timeout, attempts(spec, attempts)),
                spec.result(),
                at(step),
                input,
                before);
    }

    private static int attempts(ActionSpec spec, int asked) {
        return spec.effect() == Effect.AT_MOST_ONCE ? 1 : asked;
    }

    /** Takes an effect back; what is safe only once is tried once. */
    UndoResult undo(
            ActionSpec spec,
            String step,
            String title,
            Duration timeout,
            Map<String, Object> input,
            Object before,
            @Nullable Object result) {
        return call(
                spec.undoName(),
                options(spec, "undo: " + title, timeout, attempts(spec, 0)),
                UndoResult.class,
                at(step),
                input,
                before,
                result);
    }

    private ActivityOptions options(ActionSpec spec, String summary, Duration timeout, int attempts) {
        Duration attempt = Durations.min(spec.attempt(), timeout);
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setTaskQueue(ReleaseWorkflow.queueOf(environment))
                .setStartToCloseTimeout(attempt)
                .setScheduleToCloseTimeout(timeout)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(Bounded.cut(summary, 200))
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofSeconds(30))
                        .setMaximumAttempts(attempts)
                        .build());
        if (attempt.compareTo(SILENT) > 0) {
            options.setHeartbeatTimeout(HEARTBEAT);
        }
        return options.build();
    }

    private static Class<? extends Record> requireBefore(ActionSpec spec) {
        Class<? extends Record> type = spec.before();
        if (type == null) {
            throw new IllegalStateException(spec.name() + " has no effect and so nothing before it");
        }
        return type;
    }

    private static <R> R call(String type, ActivityOptions options, Class<R> result, @Nullable Object... arguments) {
        return Workflow.newUntypedActivityStub(options).execute(type, result, arguments);
    }
}
