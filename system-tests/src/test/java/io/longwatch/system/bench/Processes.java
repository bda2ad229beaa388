package io.longwatch.system.bench;

import io.longwatch.starter.temporal.Connection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Time that passes, and what processes use of it. */
final class Processes {
    private Processes() {}

    /** Calls what takes its time; an interruption ends the bench. */
    static <T> T wait(Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void passUntil(Instant end) {
        Duration left = Duration.between(Clock.systemUTC().instant(), end);
        wait(() -> {
            Thread.sleep(Math.max(0, left.toMillis()));
            return end;
        });
    }

    static void pass(Duration time) {
        passUntil(Clock.systemUTC().instant().plus(time));
    }

    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** The activities that a workflow waits for, as the server sees them. */
    static String pending(Connection connection, String workflowId) {
        return connection
                .client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build())
                .getPendingActivitiesList()
                .stream()
                .map(activity -> "%s %s, attempt %d, %s"
                        .formatted(
                                activity.getActivityType().getName(),
                                activity.getState(),
                                activity.getAttempt(),
                                activity.getLastFailure().getMessage()))
                .toList()
                .toString();
    }

    /** CPU time of this process' children that run a program of that name. */
    static Duration cpuOfChildren(String program) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/" + program))
                .map(child -> cpu(child.pid()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
