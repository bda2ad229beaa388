package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.report.Boxes;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.view.Screen;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(240)
class DemoTest {
    private static final Path PLAN = Path.of("../plans/auren-biometric-bridge/plan.yaml");

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void aScenarioEndsAsItMustAndAccountsForEveryBox(Scenario scenario) throws Exception {
        // Given
        try (Demo demo = Demo.start(scenario)) {
            LoadedPlan.Loaded plan = (LoadedPlan.Loaded)
                    PlanFolder.of(PLAN).load(Contracts.catalog(), demo.parameters(), PlanLoader.Mode.FOR_START);

            // When
            ReleaseRecord record = demo.run(plan.plan(), plan.parameters(), new NoScreen());

            // Then
            assertThat(record.state()).as(record.reason()).isEqualTo(scenario.end());
            assertThat(Boxes.of(plan.plan(), record).boxes())
                    .hasSize(42)
                    .allMatch(box -> box.state().settled());
            assertThat(record.effects()).extracting(EffectRecord::state).allMatch(EffectState::ended);
            if (scenario.end() == ReleaseState.ROLLED_BACK) {
                assertThat(record.effects())
                        .filteredOn(effect -> effect.action().equals("kubernetes.apply")
                                || effect.action().equals("kubernetes.scale"))
                        .extracting(EffectRecord::state)
                        .doesNotContain(EffectState.FAILED);
            }
        }
    }

    private static final class NoScreen implements Screen {
        @Override
        public void show(io.longwatch.plan.ReleasePlan plan, ReleaseRecord record, Instant now) {}

        @Override
        public void close() {}
    }
}
