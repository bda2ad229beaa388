package io.longwatch.starter.temporal;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.starter.CommandFailed;
import io.temporal.client.WorkflowQueryException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls to Temporal that end in time. */
final class Calls {
    static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "deadline");
        thread.setDaemon(true);
        return thread;
    });

    private Calls() {}

    /** The call's answer; what it throws, or a gRPC exception when the deadline passes. */
    static <T extends @Nullable Object> T within(Duration deadline, Supplier<T> call) {
        Context.CancellableContext context =
                Context.current().withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS, TIMER);
        Context former = context.attach();
        try {
            return call.get();
        } finally {
            context.detach(former);
            context.cancel(null);
        }
    }

    /** Status of the call's failure, or null if it was not the server's. */
    static Status.@Nullable Code code(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                return status.getStatus().getCode();
            }
        }
        return null;
    }

    /** What the server said, without the trace that a worker may have put behind it. */
    static String words(Throwable problem) {
        return said(problem).lines().findFirst().orElse("nothing");
    }

    private static String said(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException status) {
                if (status.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
                    return "nothing came in time";
                }
                return Objects.requireNonNullElse(
                        status.getStatus().getDescription(),
                        status.getStatus().getCode().name());
            }
        }
        return Objects.requireNonNullElse(problem.getMessage(), problem.toString());
    }

    /**
     * The failure of a call that the server did not carry out: refused where this client lacks the right to it, else out of
     * reach.
     */
    static CommandFailed failed(String message, @Nullable String hint, Exception problem) {
        Status.Code code = code(problem);
        return code == Status.Code.PERMISSION_DENIED || code == Status.Code.UNAUTHENTICATED
                ? CommandFailed.refused(message, "docs/install.md lists what a client must be allowed to call.")
                : CommandFailed.unreachable(message, hint, problem);
    }

    /** Whether a worker tried to answer a query and could not. */
    static boolean failedAtWorker(Throwable problem) {
        return problem instanceof WorkflowQueryException && code(problem) == Status.Code.INVALID_ARGUMENT;
    }

    /** The failure of a call that needs a worker's answer, as the command ends with it. */
    static CommandFailed unanswered(String what, Exception problem) {
        if (failedAtWorker(problem)) {
            return CommandFailed.unreachable(
                    what + ": the worker could not answer (" + words(problem) + ")", "Its log says why.", problem);
        }
        return CommandFailed.unreachable(
                what + ": no worker answers (" + words(problem) + ")",
                "Start one: longwatch worker --config FILE",
                problem);
    }
}
