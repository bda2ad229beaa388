package io.longwatch.activities.succession;

import io.longwatch.contract.Failures;
import io.longwatch.release.FormerRelease;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.SuccessionActivities;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what a release left from the result of its workflow. */
public final class FinishedReleases implements SuccessionActivities {
    private static final int PATIENCE_SECONDS = 10;

    @Override
    public FormerRelease leaves(String workflowId, String runId, String release) {
        ReleaseOutcome outcome = outcome(workflowId, runId, release);
        if (!release.equals(outcome.release())) {
            throw Failures.failed(
                    "run " + runId + " of " + workflowId + " is that of " + outcome.release() + ", not of " + release,
                    null);
        }
        return new FormerRelease(outcome.state(), outcome.waysBack());
    }

    private static ReleaseOutcome outcome(String workflowId, String runId, String release) {
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        WorkflowExecution execution = WorkflowExecution.newBuilder()
                .setWorkflowId(workflowId)
                .setRunId(runId)
                .build();
        try {
            return client.newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                            .setWorkflowExecution(execution)
                            .build())
                    .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ReleaseOutcome.class);
        } catch (TimeoutException e) {
            throw Failures.unavailable(release + " has not ended yet", e);
        } catch (WorkflowNotFoundException | WorkflowFailedException e) {
            throw Failures.failed(release + " left nothing: " + e.getMessage(), e);
        } catch (WorkflowException e) {
            throw Failures.unavailable("how " + release + " ended cannot be read: " + e.getMessage(), e);
        }
    }
}
