package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.SMALL;
import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static final String PLAN = SMALL + """
            parameters:
              version: {type: string, pattern: 'v\\d+', example: v1}
              replicas: {type: integer, default: 2}
              startup: {type: duration, default: 4h}
              share: {type: number, default: 1}
              open: {type: boolean, default: false}
            """;

    @Test
    void aStartNeedsEveryParameter() {
        assertThat(plans().forStart().problems(PLAN))
                .containsExactly("plan.yaml:15:3: parameter 'version' has no value; give --param version=v1");
    }

    @Test
    void aCheckTakesTheExample() {
        assertThat(plans().loaded(PLAN).parameters()).containsEntry("version", "v1");
    }

    @Test
    void givenValuesTakeTheirTypes() {
        // When
        var loaded = plans().forStart()
                .withParameter("version", "v20")
                .withParameter("replicas", "3")
                .withParameter("startup", "90s")
                .withParameter("share", "2")
                .withParameter("open", "true")
                .loaded(PLAN);

        // Then
        assertThat(loaded.parameters())
                .isEqualTo(Map.of("version", "v20", "replicas", 3, "startup", "PT1M30S", "share", 2.0, "open", true));
    }

    @Test
    void wrongValuesAreAllReported() {
        assertThat(plans().forStart()
                        .withParameter("version", "v20-rc")
                        .withParameter("replicas", "two")
                        .withParameter("startup", "90")
                        .withParameter("opne", "true")
                        .problems(PLAN))
                .containsExactly(
                        "plan.yaml:15:3: parameter 'version', as it was given: 'v20-rc' does not match v\\d+",
                        "plan.yaml:15:3: unknown parameter 'opne'; did you mean 'open'?",
                        "plan.yaml:16:3: parameter 'replicas', as it was given: 'two' is not a whole number",
                        "plan.yaml:17:3: parameter 'startup', as it was given: '90' is not a duration; write 90s, 10m or 2h");
    }

    @Test
    void aValueTooLongForThePatternDoesNotMatch() {
        // Given
        String plan = PLAN.replace("'v\\d+'", "'(v|\\d)*'");

        // When / Then
        assertThat(plans().forStart()
                        .withParameter("version", "v1".repeat(200_000))
                        .problems(plan))
                .singleElement()
                .asString()
                .endsWith(" does not match (v|\\d)*");
    }

    @Test
    void anEmptyFileOfThemIsCalledWhatItIs() {
        assertThat(ParameterFile.read("values.yaml", "# nothing yet\n").problems())
                .extracting(Problem::toString)
                .containsExactly("values.yaml:1:1: the parameter file is empty; write NAME: VALUE, a line each");
    }

    @Test
    void aDurationFromAParameterMustBeOne() {
        assertThat(plans().problems(PLAN.replace("at: T\n", "at: T\n    after: soak\n")
                        + "latestStart: ${{ params.version }}\n"))
                .contains("plan.yaml:21:14: the plan: latestStart 'v1' is not a duration; write 90s, 10m or 2h");
    }

    @Test
    void onlyParametersAreKnownWhenThePlanIsLoaded() {
        assertThat(plans().problems(PLAN + "latestStart: ${{ release.deployAt }}\n"))
                .containsExactly("plan.yaml:20:18: the plan: latestStart is evaluated when the plan is loaded, where"
                        + " release is not known; it may speak of params");
    }
}
