package io.longwatch.preflight;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.release.Judges;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One question to whoever polls the environment's queue, and one to who would judge the release's decisions. */
public final class PreflightRun implements PreflightWorkflow {
    @Override
    public Lacks run(Needs needs) {
        String refusal = refusal(needs.environment(), needs.claim());
        if (refusal != null) {
            return new Lacks(List.of(), List.of(), refusal);
        }
        return Workflow.newActivityStub(
                        PreflightActivities.class,
                        ActivityOptions.newBuilder()
                                .setTaskQueue(ReleaseWorkflow.queueOf(needs.environment()))
                                .setScheduleToCloseTimeout(PATIENCE)
                                .setSummary("connections, secrets and people that the plan names")
                                .build())
                .lacks(needs);
    }

    private static @Nullable String refusal(String environment, @Nullable Decision claim) {
        if (claim == null) {
            return null;
        }
        Judgement judgement = Judges.judge(new StepRef(claim.release(), environment, claim.subject()), claim);
        return judgement.authentic() ? null : Objects.requireNonNullElse(judgement.refusal(), "it has no valid proof");
    }
}
