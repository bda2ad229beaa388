package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a no, and how often a step is tried before it counts as failed. */
@Timeout(180)
class RecourseTest {
    private static final String ITEM =
            "{id: paper, title: paper, item: {role: manager, required: false, deadline: 4h, onDeadline: continue}}";

    @ParameterizedTest
    @CsvSource({"SKIP, SUCCEEDED, WAIVED", "ABORT, ABORTED, FAILED", "ROLLBACK, ROLLED_BACK, FAILED"})
    void aRejectedItemThatMayStayOpenIsAskedAbout(Verb answer, ReleaseState end, StepState state) {
        // Given
        try (Trial trial = Trial.now(deploying(scale("a"), ITEM))) {
            trial.awaitQuestion("paper");
            trial.decide(Verb.REJECT, "paper", "bob");
            trial.decide(answer, "paper", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(end);
            assertThat(record.step("paper").orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void aRejectedItemMayBeAskedAgain() {
        // Given
        try (Trial trial = Trial.now(deploying(read("a"), ITEM))) {
            trial.awaitQuestion("paper");
            trial.decide(Verb.REJECT, "paper", "bob");
            trial.decide(Verb.RETRY, "paper", "ada");
            trial.decide(Verb.ATTEST, "paper", "bob");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("paper").orElseThrow().attempts()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerToOneFailureDoesNotCountForTheNextOfTheSameWords() {
        // Given
        try (Trial trial = Trial.now(deploying(read("a", "onFailure: ask")))) {
            trial.world.on("redis.ping a", () -> {
                throw Failures.failed("no", null);
            });
            Question first = trial.awaitQuestion("a");
            trial.decide(Verb.RETRY, "a", "ada");
            Question second = trial.awaitQuestion("a");
            assertThat(second.details()).isEqualTo(first.details());

            // When
            String refusal = trial.refused(trial.decision(Verb.RETRY, "a", "bob", first.digest(), null));

            // Then
            assertThat(refusal).contains("has changed since");
        }
    }

    @Test
    void nobodyAnsweringARejectionRollsBackWhatUsersFeel() {
        // Given
        String signed = "signOffs: [{id: lead, title: lead, role: manager, deadline: 24h, onDeadline: continue}]\n";
        try (Trial trial = Trial.now(of("", phase("deploy", "T", scale("a")), signed, ""))) {
            trial.awaitQuestion("lead");
            trial.decide(Verb.REJECT, "lead", "bob");

            // When
            Question question = trial.awaitQuestion("lead");

            // Then
            assertThat(question.title()).isEqualTo("Rejected: lead");
            assertThat(question.onDeadline()).isEqualTo("the release rolls back");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ROLLED_BACK);
        }
    }

    @Test
    void aCallThatFailsForAPassingCauseIsTriedAsOftenAsThePlanSays() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        String step = read("a", "retry: {attempts: 3}", "timeout: 10m", "onFailure: abort");
        try (Trial trial = Trial.now(deploying(step))) {
            trial.world.on("redis.ping a", () -> {
                tries.incrementAndGet();
                throw Failures.unavailable("gone", null);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(tries).hasValue(3);
        }
    }

    @Test
    void anExpectationIsLookedAtAsOftenAsThePlanSaysAndWithinTheTimeout() {
        // Given
        AtomicInteger tries = new AtomicInteger();
        String expect = "expect: \"result.answer == 'PONG'\"";
        String often = read("often", expect, "retry: {attempts: 3}", "timeout: 10m", "onFailure: continue");
        String briefly = read("briefly", expect, "retry: {attempts: 100}", "timeout: 1m", "onFailure: continue");
        try (Trial trial = Trial.now(deploying(often, briefly))) {
            trial.world.on("redis.ping often", () -> {
                tries.incrementAndGet();
                return Map.of("answer", "no", "summary", "no");
            });
            trial.world.on("redis.ping briefly", () -> Map.of("answer", "no", "summary", "no"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(tries).hasValue(3);
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(Duration.between(
                            record.step("briefly").orElseThrow().startedAt(),
                            record.step("briefly").orElseThrow().endedAt()))
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(65));
        }
    }

    @ParameterizedTest
    @CsvSource({"rollback, a, ROLLED_BACK", "abort, b, ABORTED"})
    void whatThePlanSaysFollowsWhenNobodyAnswersInItsTime(String outcome, String failing, ReleaseState end) {
        // Given
        String head = "ask: {deadline: 20m, onDeadline: " + outcome + "}\n";
        String steps = phase("deploy", "T", read("a", "onFailure: ask"), scale("c"), read("b", "onFailure: ask"));
        try (Trial trial = Trial.now(of(head, steps, "", ""))) {
            trial.world.on("redis.ping " + failing, () -> {
                throw Failures.failed("broken", null);
            });
            Question question = trial.awaitQuestion(failing);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(Duration.between(question.askedAt(), question.deadline()))
                    .isEqualTo(Duration.ofMinutes(20));
            assertThat(record.state()).as(record.toString()).isEqualTo(end);
        }
    }

    @Test
    void aRollbackThatIsStuckIsGivenUpAtTheTimeThePlanSays() {
        // Given
        String head = "ask: {deadline: 20m}\n";
        String steps = phase("deploy", "T", scale("a"), read("b", "onFailure: rollback"));
        try (Trial trial = Trial.now(of(head, steps, "", ""))) {
            trial.world.on("redis.ping b", () -> {
                throw Failures.failed("broken", null);
            });
            trial.world.on("kubernetes.scale.undo a", () -> {
                throw Failures.failed("stuck", null);
            });
            Question question = trial.awaitQuestion("undo-a");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(Duration.between(question.askedAt(), question.deadline()))
                    .isEqualTo(Duration.ofMinutes(20));
            assertThat(record.state()).isEqualTo(ReleaseState.COMPENSATION_FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource({"two, SUCCEEDED, PASSED", "none, SUCCEEDED, NOT_APPLICABLE", "two one, ROLLED_BACK, FAILED"})
    void stepsRunInTheSteadOfOneThatFailedAndIfTheyFailItIsTheirOwnAffair(
            String failing, ReleaseState end, StepState stead) {
        // Given
        String two = scale("two", "onFailure: rollForward", "rollForward: [" + scale("one", "undo: restore") + "]");
        try (Trial trial = Trial.now(deploying(scale("first"), two, read("last")))) {
            for (String step : failing.split(" ")) {
                trial.world.on("kubernetes.scale " + step, () -> {
                    throw Failures.failed("broken", null);
                });
            }

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(end);
            assertThat(record.step("one").orElseThrow().state()).isEqualTo(stead);
            assertThat(record.step("last").orElseThrow().state())
                    .isEqualTo(end == ReleaseState.SUCCEEDED ? StepState.PASSED : StepState.PENDING);
            assertThat(record.effects()).allMatch(effect -> effect.state().ended());
        }
    }
}
