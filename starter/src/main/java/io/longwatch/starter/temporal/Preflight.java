package io.longwatch.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.Needs;
import io.longwatch.preflight.PreflightWorkflow;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.CommandFailed;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a worker of the environment, ahead of a release, whether it has what the plan names. */
public final class Preflight {
    private static final Duration MORE = Duration.ofSeconds(5);

    private final Connection connection;

    public Preflight(Connection connection) {
        this.connection = connection;
    }

    /**
     * What the worker lacks.
     *
     * @throws CommandFailed if none answers in time
     */
    public Lacks ask(Needs needs) {
        WorkflowStub question = connection
                .client()
                .newUntypedWorkflowStub(
                        "Preflight",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("preflight/" + needs.environment() + "/" + UUID.randomUUID())
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .setWorkflowExecutionTimeout(PreflightWorkflow.PATIENCE.plus(MORE))
                                .setStaticSummary("Has " + needs.environment() + " what the plan names?")
                                .build());
        try {
            Calls.within(Calls.DEADLINE, () -> question.start(needs));
            return question.getResult(PreflightWorkflow.PATIENCE.plus(MORE).toSeconds(), TimeUnit.SECONDS, Lacks.class);
        } catch (WorkflowFailedException e) {
            throw unanswered(needs, e.getCause() instanceof ActivityFailure, e);
        } catch (TimeoutException e) {
            throw unanswered(needs, false, e);
        } catch (StatusRuntimeException | TemporalException e) {
            throw Calls.failed(
                    "the Temporal server at " + connection.address() + " cannot be asked: " + Calls.words(e), null, e);
        }
    }

    private static CommandFailed unanswered(Needs needs, boolean begun, Exception why) {
        String queue = begun ? ReleaseWorkflow.queueOf(needs.environment()) : ReleaseWorkflow.QUEUE;
        return CommandFailed.unreachable(
                "no worker answered on the queue " + queue + " within " + PreflightWorkflow.PATIENCE.toSeconds()
                        + " s, so nothing was started",
                "Start one that serves " + needs.environment() + ": longwatch worker --config FILE"
                        + "\nor start without asking: --unchecked",
                why);
    }
}
