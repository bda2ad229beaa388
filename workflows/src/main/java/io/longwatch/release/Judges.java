package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.text.Bounded;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a worker who a decision is really from: the one that runs the release, and where its configuration does not name the
 * release's environment one that serves it, and knows the people who decide there. While none runs the decision waits, for
 * as long as its proof holds.
 */
final class Judges {
    private static final Duration JUDGING = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration PROOFS_HOLD = Duration.ofHours(24);
    private static final int TRIES = 3;
    private static final int TRIES_AT_HOME = 20;

    private Judges() {}

    /**
     * Asks, out of reach of a cancelled release: its rollback still asks people. What cannot be judged is unknown.
     *
     * @param atHome whether another worker may be asked; a release that began earlier asks the one it runs on
     */
    static Judgement judge(StepRef at, Decision decision, boolean atHome) {
        AtomicReference<Judgement> judgement = new AtomicReference<>(unknown(null));
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        Judgement here = ofThisWorker(decision).judge(at, decision);
                        boolean elsewhere = atHome && here.belongsElsewhere();
                        judgement.set(elsewhere ? ofTheEnvironment(at, decision).judge(at, decision) : here);
                    } catch (ActivityFailure e) {
                        judgement.set(unknown("could not be judged: " + Text.problem(e)));
                    }
                })
                .run();
        return Objects.requireNonNull(judgement.get());
    }

    private static String row(Decision decision) {
        String row = "judge: " + decision.verb().word() + " of " + decision.subject() + ", from " + decision.who();
        return Bounded.cut(row, 200);
    }

    private static DecisionActivities ofTheEnvironment(StepRef at, Decision decision) {
        return Workflow.newActivityStub(
                DecisionActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(ReleaseWorkflow.queueOf(at.environment()))
                        .setStartToCloseTimeout(JUDGING)
                        .setScheduleToCloseTimeout(PROOFS_HOLD)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumInterval(LONGEST_PAUSE)
                                .setMaximumAttempts(TRIES_AT_HOME)
                                .build())
                        .setSummary(row(decision))
                        .build());
    }

    /** Its marker in the history holds the answer, not the decision again. */
    private static DecisionActivities ofThisWorker(Decision decision) {
        return Workflow.newLocalActivityStub(
                DecisionActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(JUDGING)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumAttempts(TRIES)
                                .build())
                        .setDoNotIncludeArgumentsIntoMarker(true)
                        .setSummary(row(decision))
                        .build());
    }

    /** That nobody knows who it is from. */
    static Judgement unknown(@Nullable String why) {
        return new Judgement(false, null, null, List.of(), why, "unknown");
    }
}
