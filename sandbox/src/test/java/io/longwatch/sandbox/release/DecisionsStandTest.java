package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people decided stands, however the plan reads on. */
@Timeout(180)
class DecisionsStandTest {
    private static final String MANAGER = "approvals: [{role: manager}], deadline: 2h";

    /** A second window that speaks of what a step behind the deployment has found. */
    private static final String SPEAKING = """
            soak:
              checks:
                - {id: up, title: up, uses: redis.ping, successCondition: result.answer == 'PONG'}
                - id: known
                  title: known
                  uses: prometheus.query
                  with: {query: "up{by='${{ steps.published.result.answer }}'}"}
                  successCondition: result.value > 0.0
              windows:
                - {id: early, title: early, duration: 1h, interval: 5m, checks: [up]}
                - {id: late, title: late, duration: 1h, interval: 5m, checks: [known]LATE}
            """;

    private static void failing(Trial trial, String step) {
        trial.world.on("redis.ping " + step, () -> {
            throw Failures.failed("no", null);
        });
    }

    private static void mended(Trial trial, String step) {
        trial.world.on("redis.ping " + step, () -> Map.of("summary", "mended", "answer", "PONG"));
    }

    @Test
    void anItemThatIsAnsweredAfterAGateOpenedDoesNotReopenIt() {
        // Given
        String item = "{id: paper, title: paper, item: {role: manager, deadline: 24h}}";
        String phases = phase("check", "T-1h", item, gate("go", MANAGER)) + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.decide(Verb.ATTEST, "paper", "bob");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(1);
        }
    }

    @Test
    void aGateThatBindsWhatASkippedStepWouldHaveFoundIsDecidedByPeople() {
        // Given
        String gate = gate("go", MANAGER + ", bind: ['steps.smoke.result.answer']");
        try (Trial trial = Trial.now(deploying(scale("one"), read("smoke", "onFailure: ask"), gate, scale("two")))) {
            failing(trial, "smoke");
            trial.awaitQuestion("smoke");
            trial.decide(Verb.SKIP, "smoke", "ada");
            Question question = trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(question.details()).contains("steps.smoke.result.answer = not known: 'smoke' WAIVED");
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    private static Trial speaking(String late) {
        String phases = phase("deploy", "T", scale("one")) + phase("after", "T+10m", scale("two"), read("published"));
        Trial trial = Trial.now(of("", phases, "", SPEAKING.replace("LATE", late)));
        trial.world.seen("up", at -> Map.of("answer", "PONG", "summary", "PONG"));
        trial.pass(Duration.ofMinutes(5));
        trial.say(Verb.HOLD);
        return trial;
    }

    @Test
    void aWindowWhoseChecksSpeakOfAStepThatIsHeldBeginsOnceTheStepHasRun() {
        // Given
        try (Trial trial = speaking("")) {
            Question question = trial.awaitQuestion("late");
            trial.pass(Duration.ofMinutes(200));
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(question.details()).singleElement().asString().startsWith("its checks cannot look: ");
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.PASSED, Verdict.PASSED);
            WindowRecord window = record.soak().get(1);
            assertThat(window.startsAt())
                    .isAfterOrEqualTo(record.step("published").orElseThrow().endedAt());
            assertThat(window.result().looks()).isEqualTo(12);
            assertThat(window.result().backfilled()).isZero();
        }
    }

    @Test
    void aWindowThatNobodyCanWatchMayBeWaivedOrWaitedFor() {
        // Given
        try (Trial trial = speaking("")) {
            trial.awaitQuestion("late");
            trial.send(trial.decision(Verb.EXTEND, "late", "ada", trial.shown("late"), "30m"));
            trial.pass(Duration.ofMinutes(20));
            assertThat(trial.record().questions()).isEmpty();
            trial.awaitQuestion("late");
            trial.decide(Verb.WAIVE, "late", "ada");
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.PASSED, Verdict.WAIVED);
        }
    }

    @Test
    void silenceOverAWindowThatNobodyCanWatchIsNobodysWaiver() {
        // Given
        try (Trial trial = speaking(", onInconclusive: continue, deadline: 1h")) {
            trial.awaitQuestion("late");
            trial.pass(Duration.ofMinutes(90));
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak().get(1).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(record.soak().get(1).by()).isNull();
        }
    }

    @Test
    void aHoldOutlastsTheQuestionOfAWindow() {
        // Given
        try (Trial trial = speaking(", onInconclusive: abort, deadline: 1h")) {
            trial.awaitQuestion("late");
            trial.pass(Duration.ofMinutes(150));
            assertThat(trial.record().state().ended()).isFalse();
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void nobodyIsCalledAnyMoreAboutAWindowThatTheReleaseHasLeft() {
        // Given
        String soak = soak("", window("w", "duration: 2h, interval: 1m"));
        try (Trial trial = Trial.now(of("", phase("deploy", "T", scale("one")), "", soak))) {
            trial.pass(Duration.ofMinutes(30));
            trial.leave();
            trial.pass(Duration.ofHours(5));
            trial.say(Verb.ABORT);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
        }
    }

    @Test
    void aHoldOutlastsTheQuestionOfAFailedStep() {
        // Given
        try (Trial trial = Trial.now(deploying(read("smoke", "onFailure: ask"), read("a")))) {
            failing(trial, "smoke");
            trial.awaitQuestion("smoke");
            trial.say(Verb.HOLD);
            trial.pass(Duration.ofMinutes(270));
            assertThat(trial.record().state().ended()).isFalse();
            mended(trial, "smoke");
            trial.decide(Verb.RETRY, "smoke", "ada");
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void aHoldOutlastsTheQuestionOfALateDeployment() {
        // Given
        String phases = phase("check", "T-1h", gate("go", "approvals: [{role: manager}], deadline: 5h"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofHours(2));
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.awaitQuestion("deployment-time");
            trial.say(Verb.HOLD);
            trial.pass(Duration.ofMinutes(330));
            assertThat(trial.record().state().ended()).isFalse();
            trial.say(Verb.RESCHEDULE, trial.deployAt.plus(Duration.ofHours(20)).toString());
            trial.say(Verb.RELEASE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void aConfirmationMakesAResultNoYounger() {
        // Given
        String phases = phase("check", "T-2h", read("young", "confirm: engineer, validFor: 1h"))
                + phase("deploy", "T", scale("a"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("young");
            trial.pass(Duration.ofMinutes(100));
            trial.decide(Verb.CONFIRM, "young", "eve");
            trial.pass(Duration.ofMinutes(15));
            trial.awaitQuestion("young");
            trial.decide(Verb.CONFIRM, "young", "eve");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(trial.scheduled()).filteredOn("redis.ping young"::equals).hasSize(2);
        }
    }

    @Test
    void whatIsTriedAgainAfterARefusedConfirmationIsLookedAtAnew() {
        // Given
        try (Trial trial = Trial.now(deploying(read("a", "confirm: engineer"), scale("b")))) {
            trial.awaitQuestion("a");
            mended(trial, "a");
            trial.decide(Verb.REJECT, "a", "eve");
            trial.awaitQuestion("a");
            trial.decide(Verb.RETRY, "a", "ada");
            Question again = trial.awaitQuestion("a");
            trial.decide(Verb.CONFIRM, "a", "eve");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(again.details()).containsExactly("mended");
            assertThat(record.step("a").orElseThrow().state()).isEqualTo(StepState.PASSED);
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void whatStandsInForAStepRunsAlsoWhereItFailsWhenLookedAtAnew() {
        // Given
        String step =
                read("a", "confirm: engineer", "onFailure: rollForward", "rollForward: [" + read("instead") + "]");
        try (Trial trial = Trial.now(deploying(step, scale("b")))) {
            trial.awaitQuestion("a");
            failing(trial, "a");
            trial.decide(Verb.REJECT, "a", "eve");
            trial.awaitQuestion("a");
            trial.decide(Verb.RETRY, "a", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.step("a").orElseThrow().state()).isEqualTo(StepState.FAILED);
            assertThat(record.step("instead").orElseThrow().state()).isEqualTo(StepState.PASSED);
        }
    }

    @Test
    void aHeldReleaseThatRollsBackSaysWhyItDoes() {
        // Given
        AtomicReference<String> standing = new AtomicReference<>("");
        String soak = soak("", window("w", "duration: 2h, interval: 1m"));
        try (Trial trial = Trial.now(of("", phase("deploy", "T", scale("one")), "", soak))) {
            trial.world.on("kubernetes.scale.undo one", () -> {
                ReleaseRecord now = trial.record();
                standing.set(now.state() + ": " + now.reason());
                return UndoResult.reverted("as before");
            });
            trial.pass(Duration.ofMinutes(30));
            trial.say(Verb.HOLD);
            trial.say(Verb.ROLLBACK);

            // When
            trial.finish();

            // Then
            assertThat(standing.get()).startsWith("ROLLING_BACK: ").doesNotContain("held");
        }
    }
}
