package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.coverage.BoxClass;
import io.longwatch.plan.coverage.Coverage;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.ParameterFile;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.starter.plan.PlanFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AurenPlanTest {
    private static final Path FOLDER = Path.of("..", "plans", "auren-biometric-bridge");

    static LoadedPlan load(Map<String, String> parameters, Mode mode) throws IOException {
        Path plan = FOLDER.resolve("plan.yaml");
        return PlanLoader.load(
                "plan.yaml", Files.readString(plan), PlanFolder.of(plan), Contracts.catalog(), parameters, mode);
    }

    @Test
    void itStartsWithItsDefaultsAndHasNothingToReport() throws IOException {
        // When
        LoadedPlan loaded = load(Map.of(), Mode.FOR_START);

        // Then
        assertThat(loaded).as(() -> "" + loaded).isInstanceOf(Loaded.class);
        assertThat(((Loaded) loaded).warnings()).isEmpty();
        assertThat(((Loaded) loaded).plan().title()).isEqualTo("AUREN Biometric Bridge v2.0");
        assertThat(((Loaded) loaded).plan().soak().length()).isEqualTo(Duration.ofHours(48));
    }

    @Test
    void itsShortParametersLeaveFewMinutesOfIt() throws IOException {
        // Given
        Path file = FOLDER.resolve("short.yaml");
        ParameterFile parameters = ParameterFile.read("short.yaml", Files.readString(file));

        // When
        LoadedPlan loaded = load(parameters.values(), Mode.FOR_START);

        // Then
        assertThat(parameters.problems()).isEmpty();
        assertThat(loaded).as(() -> "" + loaded).isInstanceOf(Loaded.class);
        assertThat(((Loaded) loaded).warnings()).isEmpty();
        assertThat(((Loaded) loaded).plan().soak().length()).isLessThan(Duration.ofMinutes(3));
        assertThat(((Loaded) loaded).plan().phases())
                .allSatisfy(phase ->
                        assertThat(phase.start().offset()).isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(2)));
    }

    @Test
    void itAnswersEveryBox() throws IOException {
        // When
        Coverage coverage = Coverage.of(((Loaded) load(Map.of(), Mode.FOR_CHECK)).plan());

        // Then
        assertThat(coverage.total()).isEqualTo(42);
        assertThat(coverage.covered()).isEqualTo(42);
        assertThat(coverage.totals())
                .containsEntry(BoxClass.AUTO, 37)
                .containsEntry(BoxClass.ASSIST, 1)
                .containsEntry(BoxClass.ATTEST, 3);
    }
}
