package io.longwatch.worker.slack;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a decision to its release: as an update, which is answered; and, unless that was, as a signal with the same id,
 * which the server keeps until a worker is there.
 */
final class Courier {
    private static final Logger LOGGER = LoggerFactory.getLogger(Courier.class);

    private final WorkflowClient client;
    private final ExecutorService threads;
    private final Duration patience;
    private final Duration afterSignal;

    /**
     * @param patience how long the update may take before the signal is sent too
     * @param afterSignal how much longer its answer is waited for
     */
    Courier(WorkflowClient client, ExecutorService threads, Duration patience, Duration afterSignal) {
        this.client = client;
        this.threads = threads;
        this.patience = patience;
        this.afterSignal = afterSignal;
    }

    Reply deliver(String workflowId, Decision decision) throws InterruptedException {
        WorkflowStub release = client.newUntypedWorkflowStub(workflowId);
        Future<DecisionOutcome> update = threads.submit(() -> update(release, decision));
        try {
            Reply inTime = await(update, patience);
            return inTime != null ? inTime : signalled(release, decision, update);
        } finally {
            update.cancel(true);
        }
    }

    private static DecisionOutcome update(WorkflowStub release, Decision decision) {
        var options = UpdateOptions.newBuilder(DecisionOutcome.class)
                .setUpdateName("decide")
                .setUpdateId(decision.id())
                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                .build();
        return release.startUpdate(options, decision).getResult();
    }

    /** The release's answer, or null if there is none yet or the way to it failed. */
    private static @Nullable Reply await(Future<DecisionOutcome> update, Duration time) throws InterruptedException {
        try {
            DecisionOutcome outcome = update.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(outcome.accepted() ? Reply.Kind.ACCEPTED : Reply.Kind.REFUSED, outcome.message());
        } catch (ExecutionException e) {
            return refusal(e);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private static @Nullable Reply refusal(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure failure && Failures.DECISION_REFUSED.equals(failure.getType())) {
                return new Reply(Reply.Kind.REFUSED, failure.getOriginalMessage());
            }
        }
        return null;
    }

    private Reply signalled(WorkflowStub release, Decision decision, Future<DecisionOutcome> update)
            throws InterruptedException {
        try {
            release.signal("decided", decision);
        } catch (WorkflowNotFoundException e) {
            return new Reply(Reply.Kind.LOST, "release " + decision.release() + " does not run any more");
        } catch (WorkflowException e) {
            LOGGER.atError()
                    .addKeyValue("release", decision.release())
                    .addKeyValue("decision", decision.id())
                    .setCause(e)
                    .log("decision could not be delivered");
            return new Reply(
                    Reply.Kind.LOST, "the Temporal server could not be reached, nothing was decided; press again");
        }
        Reply late = update.isDone() ? null : await(update, afterSignal);
        return late != null
                ? late
                : new Reply(Reply.Kind.WAITING, "it lies with the release and is judged as soon as a worker is there");
    }
}
