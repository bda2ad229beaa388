package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a worker who a decision is really from. Its marker in the history holds the answer, not the decision again. */
public final class Judges {
    private static final Duration JUDGING = Duration.ofSeconds(10);
    private static final int TRIES = 3;

    private Judges() {}

    /** Asks, out of reach of a cancelled release: its rollback still asks people. What cannot be judged is unknown. */
    public static Judgement judge(StepRef at, Decision decision) {
        AtomicReference<Judgement> judgement = new AtomicReference<>(unknown(null));
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        judgement.set(judges(decision).judge(at, decision));
                    } catch (ActivityFailure e) {
                        judgement.set(unknown("could not be judged: " + Text.problem(e)));
                    }
                })
                .run();
        return Objects.requireNonNull(judgement.get());
    }

    private static DecisionActivities judges(Decision decision) {
        String row = "judge: " + decision.verb().word() + " of " + decision.subject() + ", from " + decision.who();
        return Workflow.newLocalActivityStub(
                DecisionActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(JUDGING)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumAttempts(TRIES)
                                .build())
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary(Text.cut(row, 200))
                        .build());
    }

    /** That nobody knows who it is from. */
    static Judgement unknown(@Nullable String why) {
        return new Judgement(false, null, null, List.of(), why, "unknown");
    }
}
