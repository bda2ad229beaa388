package io.longwatch.preflight;

import io.longwatch.release.ReleaseWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;

/** One question to whoever polls the environment's queue. */
public final class PreflightRun implements PreflightWorkflow {
    @Override
    public Lacks run(Needs needs) {
        return Workflow.newActivityStub(
                        PreflightActivities.class,
                        ActivityOptions.newBuilder()
                                .setTaskQueue(ReleaseWorkflow.queueOf(needs.environment()))
                                .setScheduleToCloseTimeout(PATIENCE)
                                .setSummary("connections and secrets that the plan names")
                                .build())
                .lacks(needs);
    }
}
