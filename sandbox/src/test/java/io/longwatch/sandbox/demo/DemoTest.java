package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.report.Boxes;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.soak.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class DemoTest {
    @Test
    void aReleaseWithoutTroubleTicksEveryBoxAndAsksNobodyForMercy() throws Exception {
        // When
        PlayedDemo ended = PlayedDemo.of(Scenario.NONE);

        // Then
        assertThat(ended.record().state()).as(ended.record().reason()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(ended.culprits()).isEmpty();
        assertThat(ended.record().soak()).extracting(WindowRecord::verdict).containsOnly(Verdict.PASSED);
        assertSucceededBoxes(ended);
        assertThat(ended.report()).contains("SUCCEEDED").doesNotContain("| FAILED");
    }

    @Test
    void anOutageOfPrometheusLengthensTheWindowAndRollsNothingBack() throws Exception {
        // When
        PlayedDemo ended = PlayedDemo.of(Scenario.PROMETHEUS_GONE);

        // Then
        assertThat(ended.record().state()).as(ended.record().reason()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(ended.record().soak())
                .extracting(WindowRecord::window)
                .containsExactly("startup", "peak", "overnight", "leak-watch");
        assertThat(ended.record().soak()).allSatisfy(window -> {
            assertThat(window.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(window.result().extension().isZero())
                    .as(window.window())
                    .isEqualTo(!window.window().equals("overnight"));
        });
        assertSucceededBoxes(ended);
    }

    private static void assertSucceededBoxes(PlayedDemo ended) {
        Boxes boxes = ended.boxes();
        assertThat(boxes.total()).isEqualTo(42);
        assertThat(boxes.count(StepState.PASSED)).isEqualTo(36);
        assertThat(boxes.count(StepState.ATTESTED)).isEqualTo(3);
        assertThat(boxes.count(StepState.NOT_APPLICABLE)).isEqualTo(3);
        assertThat(ended.record().effects()).extracting(EffectRecord::state).allMatch(EffectState::ended);
    }
}
