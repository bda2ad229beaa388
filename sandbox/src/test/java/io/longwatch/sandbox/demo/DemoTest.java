package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.report.Boxes;
import io.longwatch.report.ReleaseReport;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.view.Screen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(240)
class DemoTest {
    private static final Path PLAN = Path.of("../plans/auren-biometric-bridge/plan.yaml");

    @Test
    void aReleaseWithoutTroubleTicksEveryBoxAndAsksNobodyForMercy() throws Exception {
        // When
        Ended ended = run(Scenario.NONE);

        // Then
        assertThat(ended.record().state()).as(ended.record().reason()).isEqualTo(ReleaseState.SUCCEEDED);
        assertThat(culprits(ended.record())).isEmpty();
        assertThat(ended.record().soak()).extracting(WindowRecord::verdict).containsOnly(Verdict.PASSED);
        assertSucceededBoxes(ended);
        assertThat(ended.report()).contains("SUCCEEDED").doesNotContain("| FAILED");
    }

    @Test
    void anOutageOfPrometheusLengthensTheWindowAndRollsNothingBack() throws Exception {
        // When
        Ended ended = run(Scenario.PROMETHEUS_GONE);

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
        Ended ended = run(scenario);

        // Then
        ReleaseRecord record = ended.record();
        assertThat(record.state()).as(record.reason()).isEqualTo(ReleaseState.ROLLED_BACK);
        assertThat(culprits(record)).containsExactly(culprit);
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
        assertThat(boxes.ticked() + boxes.count(StepState.OPEN) + boxes.count(StepState.FAILED))
                .isEqualTo(42);
        assertThat(ended.report()).contains("ROLLED_BACK").contains("The former version serves again, with its nodes");
    }

    private static void assertSucceededBoxes(Ended ended) {
        Boxes boxes = ended.boxes();
        assertThat(boxes.total()).isEqualTo(42);
        assertThat(boxes.count(StepState.PASSED)).isEqualTo(36);
        assertThat(boxes.count(StepState.ATTESTED)).isEqualTo(3);
        assertThat(boxes.count(StepState.NOT_APPLICABLE)).isEqualTo(3);
        assertThat(ended.record().effects()).extracting(EffectRecord::state).allMatch(EffectState::ended);
    }

    /** Steps that failed, and checks of windows that failed. */
    private static List<String> culprits(ReleaseRecord record) {
        Stream<String> steps =
                record.steps().filter(step -> step.state() == StepState.FAILED).map(StepRecord::id);
        Stream<String> checks = record.soak().stream()
                .filter(window -> window.verdict() == Verdict.FAILED)
                .flatMap(window -> window.result().checks().stream()
                        .filter(check -> check.verdict() == Verdict.FAILED)
                        .map(CheckVerdict::id)
                        .map(check -> window.window() + "/" + check));
        return Stream.concat(steps, checks).toList();
    }

    private static Ended run(Scenario scenario) throws Exception {
        try (Demo demo = Demo.start(scenario)) {
            Loaded plan = (Loaded)
                    PlanFolder.of(PLAN).load(Contracts.catalog(), demo.parameters(), PlanLoader.Mode.FOR_START);
            return new Ended(plan.plan(), demo.run(plan.plan(), plan.parameters(), new NoScreen()));
        }
    }

    private record Ended(ReleasePlan plan, ReleaseRecord record) {
        Boxes boxes() {
            return Boxes.of(plan, record);
        }

        String report() {
            return ReleaseReport.markdown(plan, record);
        }
    }

    private static final class NoScreen implements Screen {
        @Override
        public void show(ReleasePlan plan, ReleaseRecord record, Instant now) {}

        @Override
        public void close() {}
    }
}
