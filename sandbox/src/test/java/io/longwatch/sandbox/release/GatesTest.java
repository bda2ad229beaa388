package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class GatesTest {
    private static final String TWO = "approvals: [{role: manager, count: 2}], deadline: 1h";

    @Test
    void aGateOpensForTwoPeopleAndNotForOneTwice() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.decide(Verb.APPROVE, "go", "ada");
            assertThat(trial.record().step("go").orElseThrow().state()).isEqualTo(StepState.WAITING);

            // When
            trial.decide(Verb.APPROVE, "go", "bob");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void theEnvironmentsOwnWorkerJudgesWhereReleasesRunOnAnother() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", "approvals: [{role: manager}], deadline: 1h"), scale("a")))) {
            Question question = trial.awaitQuestion("go");
            trial.world.moveToAWorkerOf("staging");
            assertThat(trial.refused(trial.decision(Verb.APPROVE, "go", "mallory", question.digest(), null)))
                    .contains("nobody knows mallory");

            // When
            trial.decide(Verb.APPROVE, "go", "ada");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void whatCountedBeforeADeadlineThatHoldsStillCounts() {
        // Given
        String gate = gate("go", TWO + ", onDeadline: hold");
        try (Trial trial = Trial.now(deploying(gate, read("a")))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.pass(Duration.ofMinutes(150));
            assertThat(trial.awaitQuestion("go").answeredBy()).containsExactly("Person ada");

            // When
            trial.decide(Verb.APPROVE, "go", "bob");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void aHoldKeepsAGateFromEndingTheRelease() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", "approvals: [{role: manager}], deadline: 1h"), read("a")))) {
            trial.awaitQuestion("go");
            trial.say(Verb.HOLD);
            trial.pass(Duration.ofMinutes(210));
            assertThat(trial.record().state().ended()).isFalse();

            // When
            trial.decide(Verb.APPROVE, "go", "ada");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void anApprovalTakenBackDoesNotCount() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.decide(Verb.REVOKE, "go", "ada");
            trial.decide(Verb.APPROVE, "go", "bob");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @Test
    void aConfirmedStepKeepsWhatWasFoundBesideWhoConfirmedIt() {
        // Given
        try (Trial trial = Trial.now(deploying(read("a", "confirm: engineer"), scale("b")))) {
            Question question = trial.awaitQuestion("a");
            String found = question.details().get(0);

            // When
            trial.decide(Verb.CONFIRM, "a", "eve");

            // Then
            assertThat(trial.finish().step("a"))
                    .hasValueSatisfying(
                            step -> assertThat(step.summary()).isEqualTo(found + "; confirm by Person eve: because"));
        }
    }

    @Test
    void whatTheEndOfAReleaseFindsUnderWayStaysOpen() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.say(Verb.ABORT);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.phases()).extracting("state").containsExactly(StepState.OPEN);
            assertThat(record.phases().get(0).steps())
                    .extracting("state")
                    .containsExactly(StepState.OPEN, StepState.PENDING);
        }
    }

    @Test
    void oneNoEndsIt() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.decide(Verb.APPROVE, "go", "ada");

            // When
            trial.decide(Verb.REJECT, "go", "bob");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"abort, ABORTED", "rollback, ROLLED_BACK"})
    void silenceHasTheOutcomeThatTheGateNames(String outcome, ReleaseState end) {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], deadline: 1h, onDeadline: " + outcome);
        try (Trial trial = Trial.now(deploying(gate, read("a")))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(end);
        }
    }

    @Test
    void aGateThatHoldsAsksAgain() {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], deadline: 1h, onDeadline: hold");
        try (Trial trial = Trial.now(deploying(gate, read("a")))) {
            trial.pass(Duration.ofMinutes(630));
            assertThat(trial.record().state()).isEqualTo(ReleaseState.AWAITING_DECISION);

            // When
            trial.decide(Verb.APPROVE, "go", "ada");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void whatCannotCountIsRefusedByItsName() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO + ", fourEyes: true"), scale("a")))) {
            Question question = trial.awaitQuestion("go");
            Decision good = trial.decision(Verb.APPROVE, "go", "ada", question.digest(), null);
            Map<String, Object> odd = new HashMap<>();
            odd.put("id", "odd");
            odd.put("verb", "SING");

            // When
            String requester = trial.refused(trial.decision(Verb.APPROVE, "go", "rita", question.digest(), null));
            String stranger = trial.refused(trial.decision(Verb.APPROVE, "go", "mallory", question.digest(), null));
            String engineer = trial.refused(trial.decision(Verb.APPROVE, "go", "eve", question.digest(), null));
            String digest = trial.refused(trial.decision(Verb.APPROVE, "go", "ada", "0000", null));
            String closed = trial.refused(trial.decision(Verb.APPROVE, "other", "ada", null, null));
            String verb = trial.refused(trial.decision(Verb.SIGN, "go", "ada", null, null));
            String release = trial.refused(new Decision(
                    "x", "another-1", "go", null, Verb.APPROVE, "ada", "cli", trial.deployAt, null, null, null, null));
            String unknown = trial.refused(odd);

            // Then
            assertThat(requester).startsWith("DecisionRefused: you asked for this release");
            assertThat(stranger).startsWith("DecisionRefused: nobody knows mallory");
            assertThat(engineer).startsWith("DecisionRefused: Person eve holds none");
            assertThat(digest).startsWith("DecisionRefused: what 'go' shows has changed");
            assertThat(closed).startsWith("DecisionRefused: nothing is asked");
            assertThat(verb).startsWith("DecisionRefused: 'go' does not take sign");
            assertThat(release).startsWith("DecisionRefused: this is release");
            assertThat(unknown).isNotEmpty();
            assertThat(trial.send(good).accepted()).isTrue();
            assertThat(trial.decide(Verb.APPROVE, "go", "bob").accepted()).isTrue();
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void aDecisionCountsOnceHoweverOftenItArrives() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            Decision decision = trial.decision(Verb.APPROVE, "go", "ada", trial.shown("go"), null);
            DecisionOutcome first = trial.send(decision);
            trial.signal(decision);

            // When
            DecisionOutcome again = trial.send(decision);

            // Then
            assertThat(again).isEqualTo(first).isEqualTo(trial.outcome(decision.id()));
            assertThat(trial.record().decisions()).hasSize(1);
            assertThat(trial.record().state()).isEqualTo(ReleaseState.AWAITING_DECISION);
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }

    @Test
    void signalsThatMakeNoSenseAreIgnored() {
        // Given
        try (Trial trial = Trial.now(deploying(gate("go", TWO), scale("a")))) {
            trial.awaitQuestion("go");
            trial.signal(null);
            trial.signal(Map.of("verb", "SING"));
            trial.signal("words");
            trial.signal(trial.decision(Verb.APPROVE, "elsewhere", "ada", null, null));

            // When
            trial.decide(Verb.REJECT, "go", "bob");

            // Then
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.ABORTED);
        }
    }

    @Test
    void aDecisionAddsAtMostTwelveEvents() {
        // Given
        String gate = gate("go", "approvals: [{role: manager, count: 3}], deadline: 5h");
        try (Trial trial = Trial.now(deploying(gate, scale("a")))) {
            trial.awaitQuestion("go");
            trial.pass(Duration.ofMinutes(1));
            int before = trial.events();

            // When
            trial.decide(Verb.APPROVE, "go", "ada");

            // Then
            assertThat(trial.eventsFrom(before)).hasSizeLessThanOrEqualTo(12);
            trial.decide(Verb.REJECT, "go", "bob");
            trial.finish();
        }
    }
}
