package io.longwatch.preflight;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two questions to whoever polls the environment's queue, who would also judge the release's decisions. */
public final class PreflightRun implements PreflightWorkflow {
    @Override
    public Lacks run(Needs needs) {
        String refusal = refusal(needs.environment(), needs.claim());
        if (refusal != null) {
            return new Lacks(List.of(), List.of(), refusal);
        }
        return ask(
                        PreflightActivities.class,
                        needs.environment(),
                        "connections, secrets and people that the plan names")
                .lacks(needs);
    }

    private static <T> T ask(Class<T> whom, String environment, String what) {
        return Workflow.newActivityStub(
                whom,
                ActivityOptions.newBuilder()
                        .setTaskQueue(ReleaseWorkflow.queueOf(environment))
                        .setScheduleToCloseTimeout(PATIENCE)
                        .setSummary(what)
                        .build());
    }

    private static @Nullable String refusal(String environment, @Nullable Decision claim) {
        if (claim == null) {
            return null;
        }
        Judgement judgement = ask(DecisionActivities.class, environment, "who asks for it")
                .judge(new StepRef(claim.release(), environment, claim.subject()), claim);
        return judgement.authentic() ? null : Objects.requireNonNullElse(judgement.refusal(), "it has no valid proof");
    }
}
