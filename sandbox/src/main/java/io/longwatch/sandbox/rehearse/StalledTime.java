package io.longwatch.sandbox.rehearse;

import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.testservice.v1.TestServiceGrpc;
import io.temporal.api.testservice.v1.UnlockTimeSkippingRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.BooleanSupplier;

/**
 * Gets virtual time going again where the in-memory server has lost count.
 *
 * <p>That server never gives back the lock it takes for the retry of an activity that was cancelled while it waited for
 * that retry (its retry timer asks for the state or the attempt to differ where it means either). Time then runs at its
 * real pace for good. Seen as: nothing is being worked on, the history does not grow, and virtual time moves no faster
 * than real time. One lock is then given back. On a machine that is short of processors a workflow task alone can take
 * as long, and its lock is needed: time would run to the next timer, in the first task to the end of the execution.
 */
public final class StalledTime implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final TestWorkflowEnvironment server;
    private volatile String workflowId;
    private final BooleanSupplier busy;
    private final int patience;
    private final Timer looks = new Timer("stalled-time", true);
    private long lastVirtual;
    private long lastReal;
    private long lastEvents;
    private int still;

    private StalledTime(TestWorkflowEnvironment server, String workflowId, BooleanSupplier busy, Duration patience) {
        this.server = server;
        this.workflowId = workflowId;
        this.busy = busy;
        this.patience = (int) patience.dividedBy(LOOK);
    }

    /**
     * Watches a server's time until closed.
     *
     * @param server in-memory server
     * @param workflowId the one workflow that runs there
     * @param busy whether time may stand still: an activity is at work, or nobody asked for time to pass
     * @param patience how long it must stand still before that counts as stalled
     */
    public static StalledTime watch(
            TestWorkflowEnvironment server, String workflowId, BooleanSupplier busy, Duration patience) {
        StalledTime watch = new StalledTime(server, workflowId, busy, patience);
        watch.looks.schedule(watch.task(), LOOK.toMillis(), LOOK.toMillis());
        return watch;
    }

    /** Watches another workflow from now on. */
    public void follow(String another) {
        workflowId = another;
    }

    private TimerTask task() {
        return new TimerTask() {
            @Override
            public void run() {
                try {
                    look();
                } catch (StatusRuntimeException e) {
                    looks.cancel(); // the server is being closed, by Ctrl-C for one
                }
            }
        };
    }

    private void look() {
        long virtual = server.currentTimeMillis();
        long real = System.nanoTime() / 1_000_000;
        long events = events();
        boolean moved = virtual - lastVirtual > 3 * (real - lastReal) + 50;
        still = moved || events != lastEvents || busy.getAsBoolean() ? 0 : still + 1;
        lastVirtual = virtual;
        lastReal = real;
        lastEvents = events;
        if (still >= patience) {
            still = 0;
            if (workflowTaskWaits()) {
                return;
            }
            TestServiceGrpc.newBlockingStub(server.getWorkflowServiceStubs().getRawChannel())
                    .unlockTimeSkipping(UnlockTimeSkippingRequest.getDefaultInstance());
        }
    }

    private long events() {
        return server.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(server.getNamespace())
                        .setExecution(execution())
                        .build())
                .getWorkflowExecutionInfo()
                .getHistoryLength();
    }

    /** Whether the workflow has something to do that it has not done yet; a task that failed is tried again. */
    private boolean workflowTaskWaits() {
        List<HistoryEvent> events = server.getWorkflowServiceStubs()
                .blockingStub()
                .getWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(server.getNamespace())
                        .setExecution(execution())
                        .build())
                .getHistory()
                .getEventsList();
        for (int i = events.size() - 1; i >= 0; i--) {
            switch (events.get(i).getEventType()) {
                case EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> {
                    return false;
                }
                case EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
                        EVENT_TYPE_WORKFLOW_TASK_STARTED,
                        EVENT_TYPE_WORKFLOW_TASK_FAILED,
                        EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }

    private WorkflowExecution execution() {
        return WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
    }

    @Override
    public void close() {
        looks.cancel();
    }
}
