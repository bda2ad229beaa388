package io.longwatch.starter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.worker.config.ConnectionKinds;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @ParameterizedTest
    @ValueSource(strings = {"actions.md", "plan.md"})
    void theGeneratedPagesAreUpToDate(String page) throws IOException {
        String generated = Documents.generated().get(page);

        assertThat(DOCS.resolve(page))
                .as("mend it with: ./longwatch docs --write")
                .exists();
        assertThat(generated.equals(Files.readString(DOCS.resolve(page))))
                .as("docs/%s is not what the contracts say; mend it with: ./longwatch docs --write", page)
                .isTrue();
    }

    @Test
    void theExamplePlanLoadsWithoutAWarning() {
        LoadedPlan loaded = PlanLoader.load(
                ExamplePlan.RESOURCE,
                ExamplePlan.shipped().text(),
                path -> "text of " + path,
                Contracts.catalog(),
                Map.of(),
                Mode.FOR_CHECK);

        assertThat(loaded)
                .isInstanceOfSatisfying(
                        Loaded.class, plan -> assertThat(plan.warnings()).isEmpty());
    }

    @Test
    void theExamplePlanSaysEverythingThatAPlanCanSay() {
        // Given
        String page = Documents.generated().get("plan.md");

        // When
        List<String> withoutExample = Arrays.stream(page.split("\n"))
                .filter(line -> line.startsWith("| `") && line.endsWith("|  |"))
                .map(line -> line.substring(0, line.indexOf('`', 3) + 1))
                .toList();

        // Then
        assertThat(withoutExample).isEmpty();
    }

    @Test
    void everyActionHasItsPlaceInTheCatalogue() {
        String page = Documents.generated().get("actions.md");

        assertThat(Contracts.catalog().all())
                .allSatisfy(action -> assertThat(page).contains("\n### " + action.name() + "\n"));
    }

    @Test
    void everyFieldOfAConnectionIsExplained() throws IOException {
        String page = Files.readString(DOCS.resolve("connections.md"));

        assertThat(ConnectionKinds.all()).allSatisfy((kind, type) -> {
            String section = page.substring(page.indexOf("\n## `" + kind + "`")).split("\n## ", 3)[1];
            assertThat(fields(section))
                    .as(kind)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        });
    }

    /** What stands in the first column of a table, without what is below a field. */
    private static List<String> fields(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Arrays.stream(line.split("\\|", -1)[1].split(",", -1)))
                .map(field -> field.strip().replace("`", ""))
                .filter(field -> !field.contains("."))
                .toList();
    }
}
