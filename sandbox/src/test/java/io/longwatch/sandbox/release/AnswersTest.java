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

import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an answer has to hold to count, and what becomes of one that does not. */
@Timeout(180)
class AnswersTest {
    private static final String TWO = "approvals: [{role: manager, count: 2}], deadline: 5h";

    @Test
    void anApprovalThatDoesNotSayWhatWasShownIsRefused() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");

            // When
            String refusal = trial.refused(trial.decision(Verb.APPROVE, "go", "ada", null, null));

            // Then
            assertThat(refusal).startsWith("DecisionRefused: it does not say what was shown");
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"PAUSE", "HOLD"})
    void whatIsSaidToTheReleaseIsNoAnswerToAGateOfThatName(Verb verb) {
        // Given
        String plan = deploying(gate("go", TWO), scale("a"));
        try (Trial trial = Trial.pinned(plan, Trial.with("\"id\":\"go\"", "\"id\":\"release\""))) {
            Question question = trial.awaitQuestion("release");

            // When
            trial.send(trial.decision(verb, Decision.RELEASE, "ada", null, null));

            // Then
            assertThat(trial.record().questions()).extracting("subject").contains("release");
            String asAnswer = trial.refused(trial.decision(verb, "release", "ada", question.digest(), null));
            assertThat(asAnswer).startsWith("DecisionRefused: 'release' does not take");
            trial.say(Verb.ABORT);
            trial.finish();
        }
    }

    @Test
    void aForgedDecisionDoesNotKeepTheTrueOneOfItsIdOut() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            Decision good = trial.decision(Verb.APPROVE, "go", "ada", trial.shown("go"), null);
            Decision forged = withWords(good, "other words", "seen").withProof("forged");
            assertThat(trial.refused(forged)).contains("nobody knows ada");

            // When
            DecisionOutcome outcome = trial.send(good);

            // Then
            assertThat(outcome.accepted()).isTrue();
            trial.decide(Verb.APPROVE, "go", "bob");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void anIdThatCountedDoesNotCountForAnotherDecision() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            Decision first = trial.decision(Verb.APPROVE, "go", "ada", trial.shown("go"), null);
            trial.send(first);
            trial.decide(Verb.REVOKE, "go", "ada");

            // When
            String again = trial.refused(withWords(first, "after all", "seen"));

            // Then
            assertThat(again).contains("another decision came under its id");
            assertThat(trial.record().questions().get(0).answeredBy()).isEmpty();
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @Test
    void aGateThatNeedsTwoShowsWhoHasApproved() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");

            // When
            trial.decide(Verb.APPROVE, "go", "ada");

            // Then
            assertThat(trial.record().questions().get(0).answeredBy()).containsExactly("Person ada");
            trial.decide(Verb.REVOKE, "go", "ada");
            assertThat(trial.record().questions().get(0).answeredBy()).isEmpty();
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @Test
    void onlyWhatStandsCanBeRevoked() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");
            Decision none = trial.decision(Verb.REVOKE, "go", "bob", trial.shown("go"), null);

            // When
            String refusal = trial.refused(none);

            // Then
            assertThat(refusal).contains("no answer of Person bob's to 'go' stands");
            assertThat(trial.record().questions().get(0).answeredBy()).containsExactly("Person ada");
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @Test
    void wordsThatAreTooLongAreRefusedAndKeptShort() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            Decision good = trial.decision(Verb.APPROVE, "go", "ada", trial.shown("go"), null);

            // When
            String refusal = trial.refused(withWords(good, "x".repeat(2_001), "seen"));

            // Then
            assertThat(refusal).contains("its reason has 2001 characters; at most 2000 are kept");
            assertThat(trial.record().decisions().get(0).decision().reason()).hasSize(200);
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @Test
    void anItemThatAsksForEvidenceIsNotAttestedWithout() {
        // Given
        String item = "{id: paper, title: paper, item: {role: manager, evidence: a link to it, deadline: 4h}}";
        try (Trial trial = Trial.now(deploying(read("a"), item))) {
            trial.awaitQuestion("paper");
            Decision bare =
                    withWords(trial.decision(Verb.ATTEST, "paper", "ada", trial.shown("paper"), null), "done", " ");

            // When
            String refusal = trial.refused(bare);

            // Then
            assertThat(refusal).isEqualTo("DecisionRefused: to attest it, show evidence: a link to it");
            trial.decide(Verb.ATTEST, "paper", "ada");
            assertThat(trial.finish().step("paper").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
        }
    }

    @Test
    void aWaiverWithoutAReasonIsRefused() {
        // Given
        String item = "{id: paper, title: paper, item: {role: manager, deadline: 4h}}";
        try (Trial trial = Trial.now(deploying(read("a"), item))) {
            trial.awaitQuestion("paper");
            Decision bare =
                    withWords(trial.decision(Verb.WAIVE, "paper", "ada", trial.shown("paper"), null), null, null);

            // When
            String refusal = trial.refused(bare);

            // Then
            assertThat(refusal).isEqualTo("DecisionRefused: waive needs a reason; it is kept in the record");
            trial.decide(Verb.WAIVE, "paper", "ada");
            trial.finish();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXTEND, PT9223372036854775807S, out of range",
        "EXTEND, PT-30M, out of range",
        "EXTEND, 0, out of range",
        "HOLD, PT9223372036854775807S, out of range",
        "HOLD, -5m, is not a duration",
        "RESCHEDULE, +999999999-12-31T23:59:59Z, too far away",
        "RESCHEDULE, 2026-01-01T00:00:00Z, is past"
    })
    void aTimeThatCannotBeWaitedForIsRefusedAndTheReleaseHearsOn(Verb verb, String argument, String said) {
        // Given
        String plan = of(
                "",
                phase("check", "T-1h", read("a")) + phase("deploy", "T", scale("b")),
                "",
                soak("", window("w", "duration: 2h, interval: 5m, deadline: 1h")));
        try (Trial trial = Trial.of(plan)) {
            trial.pass(verb == Verb.RESCHEDULE ? Duration.ofMinutes(5) : Duration.ofHours(4));

            // When
            String refusal = trial.refused(trial.decision(verb, Decision.RELEASE, "ada", null, argument));

            // Then
            assertThat(refusal).startsWith("DecisionRefused: ").contains(said);
            assertThat(trial.say(Verb.ABORT).accepted()).isTrue();
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
        }
    }

    private static Decision withWords(Decision said, @Nullable String reason, @Nullable String evidence) {
        return new Decision(
                said.id(),
                said.release(),
                said.subject(),
                said.digest(),
                said.verb(),
                said.who(),
                said.channel(),
                said.decidedAt(),
                reason,
                evidence,
                said.argument(),
                said.proof());
    }
}
