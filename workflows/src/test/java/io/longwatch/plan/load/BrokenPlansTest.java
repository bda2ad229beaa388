package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The table of broken.txt: behind {@code ===} what is broken, then a plan, then behind each {@code -->} a problem that
 * it has, and no other. What a plan leaves out of its heading is added at its end.
 */
class BrokenPlansTest {
    private static final List<String> HEADING = List.of(
            "apiVersion: longwatch.io/v1",
            "kind: ReleasePlan",
            "service: bridge",
            "environment: production",
            "title: Bridge");

    @TestFactory
    Stream<DynamicTest> everyProblemIsReportedWhereItStands() {
        return Arrays.stream(GoodPlanTest.resource("broken.txt").split("(?m)^=== "))
                .filter(section -> !section.isBlank())
                .map(BrokenPlansTest::test);
    }

    private static DynamicTest test(String section) {
        // Given
        List<String> lines = section.lines().toList();
        List<String> expected = lines.stream()
                .filter(line -> line.startsWith("--> "))
                .map(line -> line.substring(4))
                .toList();
        List<String> plan = lines.subList(1, lines.size()).stream()
                .filter(line -> !line.startsWith("--> "))
                .toList();

        // When / Then
        return DynamicTest.dynamicTest(
                lines.get(0),
                () -> assertThat(problemsOf(String.join("\n", plan) + "\n"))
                        .containsExactlyElementsOf(expected)
                        .isNotEmpty());
    }

    static List<String> problemsOf(String body) {
        StringBuilder plan = new StringBuilder(body);
        for (String field : HEADING) {
            String name = field.substring(0, field.indexOf(':') + 1);
            if (body.lines().noneMatch(line -> line.startsWith(name))) {
                plan.append(field).append('\n');
            }
        }
        return plans().problems(plan.toString()).stream()
                .map(problem -> problem.substring("plan.yaml:".length()))
                .toList();
    }
}
