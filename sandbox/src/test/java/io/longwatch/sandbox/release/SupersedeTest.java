package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SupersedeTest {
    private static final String NEWER = "bridge-production-20260504-2";
    private static final String NEWEST = "bridge-production-20260504-3";
    private static final String SOAKING = soakingPlan("one");

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

    @Test
    void theNewerReleaseRollsBackToWhatStoodBeforeTheFormer() {
        // Given
        String newer = of(
                "",
                phase(
                        "deploy",
                        "T",
                        scale("one"),
                        scale("two"),
                        gate("go", "approvals: [{role: manager}], deadline: 1h")),
                "",
                "");
        try (Trial former = soaking()) {
            try (Trial trial = superseded(former, NEWER, newer, 3)) {
                Question question = trial.awaitQuestion("go");
                trial.say(Verb.ROLLBACK);

                // When
                ReleaseRecord record = trial.finish();

                // Then
                assertThat(question.details())
                        .contains("Leads past " + Trial.RELEASE + ", to what stood before it: one")
                        .anyMatch(line -> line.startsWith("The rest leads to what " + Trial.RELEASE + " left"));
                assertThat(record.timeline())
                        .anyMatch(note -> note.text().endsWith("ended SUPERSEDED and left the way back of: one"));
                assertThat(Trial.ends(record))
                        .containsEntry("one", EffectState.REVERTED)
                        .containsEntry("two", EffectState.REVERTED);
                assertThat(trial.world.befores.get("kubernetes.scale one").get("replicas"))
                        .isEqualTo(3);
                assertThat(trial.world.befores.get("kubernetes.scale.undo one").get("replicas"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void thePlansOwnWayBackSeesWhatStoodBeforeTheFormer() {
        // Given
        String rollback = """
                rollback:
                  restore:
                    - {id: again, title: Again, undoes: [one], uses: kubernetes.scale, with: {deployment: bridge, namespace: production, replicas: "${{ steps.one.before.replicas }}"}}
                """;
        String newer = of(
                "",
                phase(
                        "deploy",
                        "T",
                        scale("one"),
                        "{id: bad, title: bad, uses: redis.ping, expect: 'false', onFailure: rollback}"),
                rollback,
                "");
        try (Trial former = soaking()) {
            try (Trial trial = superseded(former, NEWER, newer, 3)) {
                // When
                ReleaseRecord record = trial.finish();

                // Then
                assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
                assertThat(trial.world.inputs.get("kubernetes.scale again").get("replicas"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void whatAThirdReleaseTakesOverLeadsPastBoth() {
        // When
        Map<String, EffectState> ends = rolledBackPastBoth(SOAKING);

        // Then
        assertThat(ends).containsEntry("one", EffectState.REVERTED);
    }

    @Test
    void whatItNeverCameToIsListedWhereItRollsBack() {
        // Given
        String newer = of(
                "",
                phase("ahead", "T-1h", "{id: bad, title: bad, uses: redis.ping, expect: 'false', onFailure: rollback}")
                        + phase("deploy", "T", scale("one")),
                "",
                "");
        try (Trial former = soaking()) {
            try (Trial trial = superseded(former, NEWER, newer, 3)) {
                // When
                ReleaseRecord record = trial.finish();

                // Then
                assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
                assertThat(record.effects()).singleElement().satisfies(effect -> {
                    assertThat(effect.step()).isEqualTo("one");
                    assertThat(effect.state()).isEqualTo(EffectState.KEPT);
                    assertThat(effect.summary())
                            .isEqualTo("as " + Trial.RELEASE + " left it, whose report has its way back");
                });
            }
        }
    }

    @Test
    void whatItNeverCameToIsLeftToTheNext() {
        // When
        Map<String, EffectState> ends = rolledBackPastBoth(soakingPlan("other"));

        // Then
        assertThat(ends).containsEntry("one", EffectState.REVERTED).containsEntry("other", EffectState.KEPT);
    }

    /** How the effects end of a third release that is rolled back, to what stood before the first, whatever the second did. */
    private static Map<String, EffectState> rolledBackPastBoth(String second) {
        try (Trial first = soaking()) {
            try (Trial next = superseded(first, NEWER, second, 3)) {
                next.pass(Duration.ofHours(1));
                try (Trial third = superseded(next, NEWEST, SOAKING, 5)) {
                    third.pass(Duration.ofHours(1));
                    third.say(Verb.ROLLBACK);
                    ReleaseRecord record = third.finish();
                    assertThat(third.world
                                    .befores
                                    .get("kubernetes.scale.undo one")
                                    .get("replicas"))
                            .isEqualTo(1);
                    return Trial.ends(record);
                }
            }
        }
    }

    @Test
    void whatWasTakenOverIsCarriedIntoANewRun() {
        // Given
        String newer = of(
                "",
                phase("deploy", "T", scale("one"), gate("go", "approvals: [{role: manager}], deadline: 5h"))
                        + phase("later", "T+1h", gate("on", "approvals: [{role: manager}], deadline: 5h")),
                "",
                "");
        try (Trial former = soaking()) {
            try (Trial trial = superseded(former, NEWER, newer, 3)) {
                trial.awaitQuestion("go");
                trial.flood();
                trial.decide(Verb.APPROVE, "go", "ada");
                Question question = trial.awaitQuestion("on");
                trial.say(Verb.ROLLBACK);

                // When
                ReleaseRecord record = trial.finish();

                // Then
                assertThat(trial.histories()).hasSizeGreaterThan(1);
                assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
                assertThat(question.details()).anyMatch(line -> line.startsWith("Leads past " + Trial.RELEASE));
                assertThat(trial.world.befores.get("kubernetes.scale.undo one").get("replicas"))
                        .isEqualTo(1);
            }
        }
    }

    private static String soakingPlan(String step) {
        return of("", phase("deploy", "T", scale(step)), "", soak("", window("w", "duration: 2h, interval: 1m")));
    }

    /** A release that has scaled one replica up and soaks. */
    private static Trial soaking() {
        Trial trial = Trial.now(SOAKING);
        finds(trial, 1);
        trial.pass(Duration.ofHours(1));
        return trial;
    }

    /** A release that takes the place of another, and finds as many replicas. */
    private static Trial superseded(Trial former, String by, String plan, int replicas) {
        former.say(Verb.SUPERSEDE, by);
        former.finish();
        finds(former, replicas);
        return former.superseded(by, plan);
    }

    private static void finds(Trial trial, int replicas) {
        trial.world.on("kubernetes.scale.before one", () -> new ScaleBefore(replicas, "1", "uid", null));
    }
}
