package io.longwatch.starter;

import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.release.StepState;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for a release: waits at its gate; approve lets it succeed, abort ends it, reject is refused, confirm is
 * refused only when it is judged, waive is never judged by the update.
 */
public final class FakeRelease implements ReleaseWorkflow {
    private static final AtomicInteger FAILING = new AtomicInteger();

    private final ReleaseRequest request;
    private final Map<String, DecisionOutcome> outcomes = new LinkedHashMap<>();
    private ReleaseState end;

    /** Lets queries for requests fail from now on, so many of them. */
    static void failQueries(int many) {
        FAILING.set(many);
    }

    @WorkflowInit
    public FakeRelease(ReleaseRequest request) {
        this.request = request;
    }

    @Override
    public ReleaseOutcome run(ReleaseRequest same) {
        Workflow.await(() -> end != null);
        return new ReleaseOutcome(request.release(), end, null, record().effects(), null, List.of());
    }

    @Override
    public DecisionOutcome decide(Decision decision) {
        if (decision.verb() == Verb.WAIVE) {
            throw ApplicationFailure.newNonRetryableFailure("something broke", "Broken");
        }
        refuse(decision);
        return judge(decision);
    }

    private static void refuse(Decision decision) {
        if (decision.who().equals("mallory")) {
            throw ApplicationFailure.newNonRetryableFailure("nobody knows mallory", "DecisionRefused");
        }
        if (decision.verb() == Verb.REJECT) {
            throw ApplicationFailure.newNonRetryableFailure("Ada may not reject this gate", "DecisionRefused");
        }
        boolean digestFits = decision.digest() == null
                || decision.digest().equals(SampleRelease.go(SampleRelease.T).digest());
        if (!digestFits) {
            throw ApplicationFailure.newNonRetryableFailure("what is asked has changed", "DecisionRefused");
        }
    }

    @Override
    public void decided(Decision decision) {
        if (decision.verb() != Verb.PAUSE) {
            judge(decision);
        }
    }

    private DecisionOutcome judge(Decision decision) {
        boolean accepted = decision.verb() != Verb.CONFIRM;
        end = switch (decision.verb()) {
            case APPROVE -> ReleaseState.SUCCEEDED;
            case ABORT -> ReleaseState.ABORTED;
            case SUPERSEDE -> ReleaseState.SUPERSEDED;
            default -> end;
        };
        String message = accepted
                ? decision.verb().word() + " of " + decision.subject() + " by " + decision.who()
                        + (decision.proof() == null ? "" : ", signed")
                        + (decision.argument() == null ? "" : ": " + decision.argument())
                : "there is nothing to confirm";
        DecisionOutcome outcome = new DecisionOutcome(decision.id(), accepted, message, Instant.EPOCH);
        outcomes.put(decision.id(), outcome);
        return outcome;
    }

    @Override
    public ReleaseRecord record() {
        SampleRelease sample = new SampleRelease().prepared();
        ReleaseRecord now = end == null
                ? sample.step("go", StepState.WAITING, 0, 0, null)
                        .ask(SampleRelease.go(SampleRelease.T))
                        .state(ReleaseState.AWAITING_DECISION, null)
                        .record()
                : sample.step("go", StepState.PASSED, 0, 30, "approve by Ada")
                        .ended(end, null, SampleRelease.T.plusSeconds(60))
                        .record();
        return withId(now, request.release());
    }

    private static ReleaseRecord withId(ReleaseRecord record, String id) {
        return new ReleaseRecord(
                id,
                record.service(),
                record.environment(),
                record.title(),
                record.state(),
                record.reason(),
                record.requester(),
                record.planDigest(),
                record.parameters(),
                record.compressed(),
                record.startedAt(),
                record.deployAt(),
                record.deployedAt(),
                record.endedAt(),
                record.phases(),
                record.soak(),
                record.rollback(),
                record.effects(),
                record.questions(),
                record.decisions(),
                record.baseline(),
                record.timeline(),
                record.continuedIn());
    }

    @Override
    public ReleaseRequest request() {
        if (FAILING.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("still loads\n\tat io.example.Loads");
        }
        return request;
    }

    @Override
    public DecisionOutcome decision(String id) {
        return outcomes.get(id);
    }
}
