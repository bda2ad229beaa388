package io.longwatch.release;

import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * A release. Its workflow id is {@link ReleaseRequest#workflowId}; it runs on the queue {@value #QUEUE}, its activities
 * on that of their environment.
 */
@WorkflowInterface
public interface ReleaseWorkflow {
    /** Task queue of workflows. */
    String QUEUE = "longwatch";

    /** Type of the workflow. */
    String TYPE = "Release";

    /** Name of the update that brings a decision. */
    String DECIDE = "decide";

    /** Name of the signal that brings a decision. */
    String DECIDED = "decided";

    /** Name of the query for everything the release knows of itself. */
    String RECORD = "record";

    /** Task queue of an environment's activities. */
    static String queueOf(String environment) {
        return QUEUE + "." + environment;
    }

    /**
     * Runs a release to its end. Completes for SUCCEEDED, ROLLED_BACK, ABORTED and SUPERSEDED; fails with the type
     * COMPENSATION_FAILED when a rollback could not take everything back; is canceled only by a native cancel, after the
     * rollback.
     */
    @WorkflowMethod(name = TYPE)
    ReleaseOutcome run(ReleaseRequest request);

    /**
     * Judges a decision of a person and answers what follows. Counts an id once; a repeat gets the first answer. Fails
     * with DecisionRefused when it does not count, saying why; that is judged in the handler, since a validator's refusal
     * loses its type on the way to the client.
     */
    @UpdateMethod(
            name = DECIDE,
            description = "A person's decision: approve, reject, attest, sign, pause, roll back ...")
    DecisionOutcome decide(@Nullable Decision decision);

    /** The same decision, sent when the update may not have arrived. A refusal shows in the record only. */
    @SignalMethod(name = DECIDED, description = "A person's decision, for when an update cannot be answered")
    void decided(@Nullable Decision decision);

    @QueryMethod(name = RECORD, description = "Everything the release knows of itself")
    ReleaseRecord record();

    /** What the release was started with: its plan, pinned, and its parameters. */
    @QueryMethod(name = "request", description = "What the release was started with")
    ReleaseRequest request();

    /** What became of a decision; null while it is not known. */
    @QueryMethod(name = "decision", description = "What became of a decision, by its id")
    @Nullable
    DecisionOutcome decision(String id);
}
