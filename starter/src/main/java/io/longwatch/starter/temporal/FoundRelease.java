package io.longwatch.starter.temporal;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Instant;

/**
 * A release's run in Temporal.
 *
 * @param id release id
 * @param execution workflow and run
 * @param status the run's status
 * @param startedAt when the release was asked for, or, where that is not known, the run began
 */
public record FoundRelease(String id, WorkflowExecution execution, WorkflowExecutionStatus status, Instant startedAt) {
    /** Whether the run goes on. */
    public boolean open() {
        return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }
}
