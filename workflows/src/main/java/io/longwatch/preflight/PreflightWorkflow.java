package io.longwatch.preflight;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Asks the worker of an environment whether it has what a plan names; over in seconds. */
@WorkflowInterface
public interface PreflightWorkflow {
    /** How long a worker may take to answer. */
    Duration PATIENCE = Duration.ofSeconds(15);

    @WorkflowMethod(name = "Preflight")
    Lacks run(Needs needs);
}
