package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupersedeTest {
    private static final String NEWER = "bridge-production-20260504-2";
    private static final String SOAKING =
            of("", phase("deploy", "T", scale("one")), "", soak("", window("w", "duration: 2h, interval: 1m")));

    @Test
    void aSoakingReleaseGivesItsPlaceUpAndKeepsWhatItChanged() {
        // Given
        try (Trial trial = Trial.now(SOAKING)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.SUPERSEDE, NEWER);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUPERSEDED);
            assertThat(record.reason()).contains("superseded by " + NEWER, "by Person ada");
            assertThat(Trial.ends(record)).containsEntry("one", EffectState.KEPT);
            assertThat(record.soak().get(0).verdict()).isNull();
            assertThat(trial.scheduled()).noneMatch(call -> call.contains(".undo "));
            assertThat(trial.ending()).isEqualTo("completed");
        }
    }

    @Test
    void aReleaseThatIsNotDeployedRefuses() {
        // Given
        String plan = of(
                "",
                phase("deploy", "T", scale("one"), gate("go", "approvals: [{role: manager}], deadline: 1h")),
                "",
                "");
        try (Trial trial = Trial.now(plan)) {
            trial.awaitQuestion("go");

            // When
            String refusal = trial.refused(trial.decision(Verb.SUPERSEDE, Decision.RELEASE, "ada", null, NEWER));

            // Then
            assertThat(refusal).contains("not deployed yet");
            trial.decide(Verb.APPROVE, "go", "ada");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void whoHoldsNoRoleCannotSupersede() {
        // Given
        try (Trial trial = Trial.now(SOAKING)) {
            trial.pass(Duration.ofHours(1));

            // When
            String refusal = trial.refused(trial.decision(Verb.SUPERSEDE, Decision.RELEASE, "mallory", null, NEWER));

            // Then
            assertThat(refusal).contains("nobody knows mallory");
            assertThat(trial.finish().state()).isEqualTo(ReleaseState.SUCCEEDED);
        }
    }

    @Test
    void theGatesOfTheNewerReleaseSayWhereItsWayBackLeads() {
        // Given
        String plan = of(
                "",
                phase("deploy", "T", scale("one"), gate("go", "approvals: [{role: manager}], deadline: 1h")),
                "",
                "");
        try (Trial trial = Trial.superseding(Trial.RELEASE, plan)) {
            // When
            Question question = trial.awaitQuestion("go");

            // Then
            assertThat(question.details()).anyMatch(line -> line.contains("leads to what " + Trial.RELEASE + " left"));
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.finish();
        }
    }
}
