package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.SMALL;
import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanLoader.Mode;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilesTest {
    private static String step(int n, String file) {
        return "      - {id: read-" + n + ", title: R, uses: sample.read, with: {name: " + file + "}}\n";
    }

    @Test
    void aTemplatesErrorsStandInTheTemplate() {
        assertThat(plans().withFile("note.txt", "one\n two ${{ params.x }}")
                        .problems(SMALL + step(1, "{template: note.txt}")))
                .containsExactly("note.txt:2:17: step 'read-1': name: unknown field 'x'");
    }

    @Test
    void aTemplateIsNamedWithTheFolderOfItsPlan() {
        // When
        LoadedPlan loaded = PlanLoader.load(
                "sub/plan.yaml",
                SMALL + step(1, "{template: note.txt}"),
                path -> "${{ params.x }}",
                SamplePlans.CATALOG,
                Map.of(),
                Mode.FOR_CHECK);

        // Then
        assertThat(((Rejected) loaded).problems())
                .extracting(Problem::toString)
                .containsExactly("sub/note.txt:1:12: step 'read-1': name: unknown field 'x'");
    }

    @Test
    void aLargeFileIsRefused() {
        assertThat(plans().withFile("big", "x".repeat(300 * 1024)).problems(SMALL + step(1, "{file: big}")))
                .containsExactly(
                        "plan.yaml:14:71: step 'read-1': name: file 'big' has 300 KiB; a file is at most" + " 256 KiB");
    }

    @Test
    void filesTogetherHaveABudget() {
        // Given
        SamplePlans plans = plans();
        IntStream.range(0, 4).forEach(n -> plans.withFile("f" + n, "x".repeat(200 * 1024)));

        // When
        String steps = IntStream.range(0, 4)
                .mapToObj(n -> step(n, "{file: f" + n + "}"))
                .collect(Collectors.joining());

        // Then
        assertThat(plans.problems(SMALL + steps))
                .containsExactly("plan.yaml:17:71: step 'read-3': name: with file 'f3' the plan's files have 800 KiB;"
                        + " together they are at most 768 KiB");
    }

    @Test
    void theRequestHasABudget() {
        // Given
        String steps =
                IntStream.range(0, 5).mapToObj(n -> step(n, "{file: same}")).collect(Collectors.joining());

        // When / Then
        assertThat(plans().withFile("same", "x".repeat(250 * 1024)).problems(SMALL + steps))
                .containsExactly("plan.yaml:1:1: the plan with the files it takes in has 1.2 MiB as JSON; a release's"
                        + " request holds 1 MiB, shorten the files");
    }
}
