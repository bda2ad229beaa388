package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.report.Boxes;
import io.longwatch.sandbox.world.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(600)
class DemoRollbackTest {
    @ParameterizedTest
    @CsvSource({
        "FIRST_NODE_NEVER_READY, first-rollout",
        "SIGNATURE_REFUSED, webhooks",
        "SECOND_NODE_DIES, startup/nodes",
        "LEAK, overnight/memory-slope",
        "P99_BREACH, leak-watch/latency"
    })
    void whatGoesWrongIsFoundAndTakenBackWithNothingLost(Scenario scenario, String culprit) throws Exception {
        // When
        PlayedDemo ended = PlayedDemo.of(scenario);

        // Then
        ReleaseRecord record = ended.record();
        assertThat(record.state()).as(record.reason()).isEqualTo(ReleaseState.ROLLED_BACK);
        assertThat(ended.culprits()).containsExactly(culprit);
        assertThat(record.rollback())
                .extracting(PhaseRecord::id, PhaseRecord::state)
                .contains(
                        tuple("rollback.restore", StepState.PASSED),
                        tuple("rollback.verify", StepState.PASSED),
                        tuple("rollback.data-loss", StepState.PASSED));
        assertThat(record.effects()).extracting(EffectRecord::state).allMatch(EffectState::ended);
        assertThat(record.effects())
                .extracting(EffectRecord::state)
                .doesNotContain(EffectState.FAILED, EffectState.REFUSED);
        Boxes boxes = ended.boxes();
        assertThat(List.of(boxes.box(30), boxes.box(31), boxes.box(32)))
                .extracting(box -> box.state())
                .containsOnly(StepState.PASSED);
        assertThat(boxes.count(StepState.OPEN) + boxes.count(StepState.FAILED)).isPositive();
        assertThat(boxes.accountedFor() + boxes.count(StepState.OPEN) + boxes.count(StepState.FAILED))
                .isEqualTo(42);
        assertThat(ended.report()).contains("ROLLED_BACK").contains("What served before serves again, with its nodes");
    }

    @Test
    void theWayBackOfAVeryFirstDeploymentIsDeletion() throws Exception {
        // When
        PlayedDemo ended = PlayedDemo.of(Scenario.FIRST_DEPLOYMENT);

        // Then
        assertThat(ended.record().steps())
                .filteredOn(step -> step.id().startsWith("former-"))
                .extracting(StepRecord::id, StepRecord::state, StepRecord::summary)
                .contains(
                        tuple("former-runs", StepState.PASSED, "0 of 0 Pods ready, 0 restarts"),
                        tuple(
                                "former-version",
                                StepState.PASSED,
                                "Deployment biometric-bridge deleted, the release had created it"),
                        tuple("former-pods", StepState.PASSED, "0 of 0 Pods ready, 0 restarts"))
                .contains(tuple("former-health", StepState.NOT_APPLICABLE, null));
    }
}
