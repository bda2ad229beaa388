package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A release is one release, in however many runs and workflows it goes on. */
@Timeout(300)
class HandoverTest {
    private static final String ATTESTATIONS = "release/bridge/production/" + Trial.RELEASE + "/attestations";
    private static final String SIGNED =
            "signOffs: [{id: lead, title: lead, role: manager, deadline: 24h, onDeadline: continue}]\n";
    private static final String PLAN = of(
            "",
            phase("deploy", "T", scale("one")) + afterSoak("{id: paper, title: paper, item: {role: manager}}"),
            SIGNED,
            soak("", window("w", "duration: 2h, interval: 1m")));

    private static String afterSoak(String step) {
        return "  - id: after\n    title: after\n    after: soak\n    steps:\n      - " + step + "\n";
    }

    @Test
    void whenOnlyAttestationsRemainThePlaceIsFreeAndTheyGoOnBesideIt() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.pass(Duration.ofHours(3));
            ReleaseRecord left = trial.record();
            trial.follow();
            trial.awaitQuestion("paper");
            String back = trial.refused(trial.decision(Verb.ROLLBACK, Decision.RELEASE, "ada", null, null));
            trial.decide(Verb.ATTEST, "paper", "ada");
            trial.awaitQuestion("lead");
            trial.decide(Verb.SIGN, "lead", "bob");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(left.continuedIn()).isEqualTo(ATTESTATIONS);
            assertThat(back).contains("what it changed is final");
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.continuedIn()).isNull();
            assertThat(record.step("one").orElseThrow().state()).isEqualTo(StepState.PASSED);
            assertThat(record.step("lead").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
            assertThat(Trial.ends(record)).containsEntry("one", EffectState.KEPT);
            assertThat(trial.histories()).hasSize(2);
        }
    }

    @Test
    void aSignOffThatMayRollBackKeepsThePlace() {
        // Given
        String plan = PLAN.replace("onDeadline: continue", "onDeadline: rollback");
        try (Trial trial = Trial.now(plan)) {
            trial.world.reply("paper", "ada", Verb.ATTEST);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(trial.histories()).hasSize(1);
        }
    }

    @Test
    void whatNobodyHasToAnswerIsAskedOnWhereTheReleaseGoesOn() {
        // Given
        String item = "{id: optional, title: optional, item: {role: manager, required: false, deadline: 24h}}";
        String plan = of(
                "",
                phase("deploy", "T", scale("one"), item)
                        + afterSoak("{id: paper, title: paper, item: {role: manager}}"),
                SIGNED,
                soak("", window("w", "duration: 2h, interval: 1m")));
        try (Trial trial = Trial.now(plan)) {
            trial.awaitQuestion("optional");
            trial.pass(Duration.ofHours(3));
            trial.follow();
            trial.awaitQuestion("optional");
            trial.decide(Verb.ATTEST, "optional", "ada");
            trial.decide(Verb.ATTEST, "paper", "ada");
            trial.awaitQuestion("lead");
            trial.decide(Verb.SIGN, "lead", "bob");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("optional").orElseThrow().state()).isEqualTo(StepState.ATTESTED);
            assertThat(record.step("optional").orElseThrow().attempts()).isEqualTo(1);
            assertThat(trial.histories()).hasSize(2);
        }
    }

    @Test
    void whatNobodyHasToAnswerDoesNotKeepALongHistoryInItsRun() {
        // Given
        String item = "{id: optional, title: optional, item: {role: manager, required: false, deadline: 4h}}";
        String phases = phase("check", "T-1h", read("a"), item)
                + phase("deploy", "T", scale("one"))
                + phase("later", "T+5h", read("last"));
        try (Trial trial = Trial.of(of("", phases, "", ""))) {
            trial.awaitQuestion("optional");
            trial.flood();
            trial.pass(Duration.ofMinutes(90));
            Question asked = trial.awaitQuestion("optional");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(trial.histories()).hasSizeGreaterThan(1);
            assertThat(asked.deadline())
                    .isBetween(trial.deployAt.plus(Duration.ofHours(3)), trial.deployAt.plus(Duration.ofMinutes(182)));
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.step("optional").orElseThrow().state()).isEqualTo(StepState.OPEN);
            assertThat(record.step("optional").orElseThrow().endedAt())
                    .isBetween(asked.deadline(), asked.deadline().plusSeconds(60));
        }
    }

    @Test
    void aHistoryThatGrowsLongGoesOnInANewRunWithEverythingItNeeds() {
        // Given
        String gate = gate("go", "approvals: [{role: manager}], deadline: 5h, bind: ['steps.old.result.answer']");
        String use =
                "{id: use, title: use, uses: kubernetes.scale, with: {deployment: '${{ steps.old.result.answer }}',"
                        + " namespace: production, replicas: 2}}";
        String phases = phase("check", "T-1h", read("old"), scale("early", "undo: cleanup"), gate)
                + phase("deploy", "T", use)
                + phase("later", "T+1h", read("last", "onFailure: rollback"));
        try (Trial trial = Trial.of(of("", phases, "", soak("", window("w", "duration: 30m, interval: 1m"))))) {
            trial.awaitQuestion("go");
            Decision approval = trial.decision(Verb.APPROVE, "go", "ada", trial.shown("go"), null);
            DecisionOutcome first = trial.send(approval);
            trial.flood();
            trial.pass(Duration.ofMinutes(90));
            trial.flood();
            DecisionOutcome again = trial.send(approval);
            trial.world.on("redis.ping last", () -> {
                throw Failures.failed("broken", null);
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(trial.histories()).hasSizeGreaterThan(1);
            assertThat(again.accepted()).isEqualTo(first.accepted());
            assertThat(again.message()).isEqualTo(first.message());
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.step("go").orElseThrow().attempts()).isEqualTo(1);
            assertThat(trial.world.inputs.get("kubernetes.scale use").get("deployment"))
                    .isEqualTo("PONG");
            assertThat(Trial.ends(record))
                    .isEqualTo(Map.of("early", EffectState.REVERTED, "use", EffectState.REVERTED));
            assertThat(trial.world.calls)
                    .contains("kubernetes.scale.undo early with result", "kubernetes.scale.undo use with result")
                    .doesNotHaveDuplicates();
        }
    }
}
