package io.longwatch.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.starter.CommandFailed;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends decisions: as an update, which answers; where that does not, also as a signal, which arrives for certain. The
 * decision's id makes both count once.
 */
public final class Decisions {
    // The handler judges and keeps the type of its refusal; what fails ahead of it, reading the decision, loses its
    // type.
    private static final Set<String> REFUSALS =
            Set.of(Failures.DECISION_REFUSED, "io.temporal.internal.worker.WorkflowExecutionException");

    private final Releases releases;
    private final Duration toAnswer;
    private final Duration toJudge;

    public Decisions(Releases releases) {
        this(releases, Calls.DEADLINE, Duration.ofSeconds(8));
    }

    Decisions(Releases releases, Duration toAnswer, Duration toJudge) {
        this.releases = releases;
        this.toAnswer = toAnswer;
        this.toJudge = toJudge;
    }

    /**
     * Sends a decision and waits for what becomes of it.
     *
     * @throws CommandFailed if it is refused, cannot be sent, or was sent and not judged in time
     */
    public DecisionOutcome send(FoundRelease release, Decision decision) {
        WorkflowStub workflow = releases.stub(release);
        Optional<DecisionOutcome> answer = update(workflow, decision);
        DecisionOutcome outcome = answer.isPresent() ? answer.get() : signal(workflow, decision);
        if (!outcome.accepted()) {
            throw refused(outcome.message());
        }
        return outcome;
    }

    private Optional<DecisionOutcome> update(WorkflowStub workflow, Decision decision) {
        UpdateOptions<DecisionOutcome> options = UpdateOptions.newBuilder(DecisionOutcome.class)
                .setUpdateName("decide")
                .setUpdateId(decision.id())
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            Supplier<DecisionOutcome> call =
                    () -> workflow.startUpdate(options, decision).getResult();
            return Optional.ofNullable(Calls.within(toAnswer, call));
        } catch (WorkflowNotFoundException e) {
            throw refused("the release has ended; nothing can be decided in it any more");
        } catch (WorkflowUpdateException e) {
            Optional<String> refusal = refusal(e);
            if (refusal.isPresent()) {
                throw refused(refusal.get());
            }
            return Optional.empty();
        } catch (StatusRuntimeException | TemporalException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> refusal(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApplicationFailure failure && REFUSALS.contains(failure.getType())) {
                return Optional.of(failure.getOriginalMessage());
            }
        }
        return Optional.empty();
    }

    private static CommandFailed refused(String why) {
        return CommandFailed.refused("refused: " + why, null);
    }

    private DecisionOutcome signal(WorkflowStub workflow, Decision decision) {
        try {
            Calls.within(toAnswer, () -> {
                workflow.signal("decided", decision);
                return true;
            });
        } catch (WorkflowNotFoundException e) {
            throw refused("the release has ended; nothing can be decided in it any more");
        } catch (StatusRuntimeException | TemporalException e) {
            throw Calls.failed(
                    "the decision could not be sent: " + Calls.words(e),
                    "Say it again once the Temporal server answers; nothing was decided.",
                    e);
        }
        DecisionOutcome outcome = await(workflow, decision.id());
        if (outcome == null) {
            throw CommandFailed.unreachable(
                    "sent, but not judged yet: no worker has answered (decision " + decision.id() + ")",
                    "It counts when a worker takes it up, once, however often it was sent;"
                            + " longwatch status shows what became of it.",
                    null);
        }
        return outcome;
    }

    private @Nullable DecisionOutcome await(WorkflowStub workflow, String id) {
        long until = System.nanoTime() + toJudge.toNanos();
        while (System.nanoTime() < until) {
            DecisionOutcome outcome = ask(workflow, id, Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            if (outcome != null) {
                return outcome;
            }
            if (!pause()) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable DecisionOutcome ask(WorkflowStub workflow, String id, Duration deadline) {
        try {
            return Calls.within(deadline, () -> workflow.query("decision", DecisionOutcome.class, id));
        } catch (StatusRuntimeException | TemporalException e) {
            return null; // nobody answers yet
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(300);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
