package io.longwatch.worker.slack;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a decision to its release: as an update, which is answered; and, unless that was, as a signal with the same id,
 * which the server keeps until a worker is there.
 */
final class Courier implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Courier.class);
    private static final Reply LIES_THERE =
            new Reply(Reply.Kind.WAITING, "it lies with the release and is judged as soon as a worker is there");

    private final WorkflowClient client;
    private final Duration patience;
    private final Duration afterSignal;
    private final ExecutorService updates = Threads.named("longwatch-slack-update");

    /**
     * A courier.
     *
     * @param patience how long the update may take before the signal is sent too
     * @param afterSignal how much longer its answer is waited for
     */
    Courier(WorkflowClient client, Duration patience, Duration afterSignal) {
        this.client = client;
        this.patience = patience;
        this.afterSignal = afterSignal;
    }

    /** Delivers. An interruption does not give the decision up: it is sent as a signal at once, and not waited for. */
    Reply deliver(String workflowId, Decision decision) {
        WorkflowStub release = client.newUntypedWorkflowStub(workflowId);
        Future<DecisionOutcome> update = updates.submit(() -> update(release, decision));
        try {
            Optional<Reply> inTime = await(update, patience);
            return inTime.isPresent() ? inTime.get() : signalled(release, decision, update);
        } catch (InterruptedException e) {
            Reply sent = signal(release, decision).orElse(LIES_THERE);
            Thread.currentThread().interrupt();
            return sent;
        } finally {
            update.cancel(true);
        }
    }

    private static DecisionOutcome update(WorkflowStub release, Decision decision) {
        var options = UpdateOptions.newBuilder(DecisionOutcome.class)
                .setUpdateName(ReleaseWorkflow.DECIDE)
                .setUpdateId(decision.id())
                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                .build();
        return release.startUpdate(options, decision).getResult();
    }

    /** The release's answer; empty if there is none yet or the way to it failed. */
    private static Optional<Reply> await(Future<DecisionOutcome> update, Duration time) throws InterruptedException {
        try {
            DecisionOutcome outcome = update.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(
                    new Reply(outcome.accepted() ? Reply.Kind.ACCEPTED : Reply.Kind.REFUSED, outcome.message()));
        } catch (ExecutionException e) {
            return refusal(e);
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    private static Optional<Reply> refusal(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure failure && Failures.DECISION_REFUSED.equals(failure.getType())) {
                return Optional.of(new Reply(Reply.Kind.REFUSED, failure.getOriginalMessage()));
            }
        }
        return Optional.empty();
    }

    private Reply signalled(WorkflowStub release, Decision decision, Future<DecisionOutcome> update)
            throws InterruptedException {
        Optional<Reply> lost = signal(release, decision);
        if (lost.isPresent() || update.isDone()) {
            return lost.orElse(LIES_THERE);
        }
        return await(update, afterSignal).orElse(LIES_THERE);
    }

    /** Sends the signal; empty if it was sent. Sent twice it counts once. */
    private static Optional<Reply> signal(WorkflowStub release, Decision decision) {
        try {
            release.signal(ReleaseWorkflow.DECIDED, decision);
            return Optional.empty();
        } catch (WorkflowNotFoundException e) {
            return Optional.of(new Reply(Reply.Kind.LOST, "release " + decision.release() + " does not run any more"));
        } catch (WorkflowException | CancellationException e) {
            // What broke it off is the worker's stop, not the server.
            return Thread.interrupted() ? signal(release, decision) : Optional.of(undelivered(decision, e));
        }
    }

    private static Reply undelivered(Decision decision, RuntimeException e) {
        LOGGER.atError()
                .addKeyValue("release", decision.release())
                .addKeyValue("decision", decision.id())
                .setCause(e)
                .log("decision could not be delivered");
        return new Reply(Reply.Kind.LOST, "the Temporal server could not be reached, nothing was decided; press again");
    }

    @Override
    public void close() {
        updates.shutdownNow();
    }
}
