package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Undo;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.PlanJson;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Step;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoodPlanTest {
    private final Loaded loaded = plans().withFile("body.txt", "kept as it is: ${{ params.none }}")
            .withFile("note.txt", "${{ params.version }} is out, ${{ steps.second-node.result.ready }} ready")
            .loaded(resource("good.yaml"));
    private final ReleasePlan plan = loaded.plan();

    static String resource(String name) {
        try (InputStream in = GoodPlanTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void itHasNothingToReport() {
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void textsAndDurationsAreFilledInFromTheParameters() {
        assertThat(plan.title()).isEqualTo("Bridge v2.0");
        assertThat(plan.latestStart()).isEqualTo(Duration.ofMinutes(45));
        assertThat(loaded.parameters())
                .isEqualTo(Map.of(
                        "version", "v2.0", "replicas", 2, "slack", "PT45M", "share", 0.5, "platform", "kubernetes"));
    }

    @Test
    void stepsStandInOrderWithTheirDefaults() {
        assertThat(plan.steps().map(Step::id))
                .containsExactly(
                        "cache", "read", "memory", "go", "first-node", "second-node", "told", "quick", "planning");
        ActionStep node = plan.actionStep("first-node").orElseThrow();
        assertThat(node.undo()).isEqualTo(Undo.RESTORE);
        assertThat(node.timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan.actionStep("cache").orElseThrow().maxAttempts()).isEqualTo(3);
        assertThat(plan.deployPhase().id()).isEqualTo("deploy");
    }

    @Test
    void inputsAreWhatJsonWouldHold() {
        Map<String, Object> with = plan.actionStep("read").orElseThrow().with();
        assertThat(with)
                .containsEntry("name", "bridge-${{ params.version }}")
                .containsEntry("depth", "DEEP")
                .containsEntry("patience", "PT1M30S")
                .containsEntry("since", "2026-01-31T14:00:00Z")
                .containsEntry("share", "${{ params.share }}")
                .containsEntry("cases", List.of(Map.of("path", "/health", "status", 200)))
                .containsEntry(
                        "body",
                        Map.of(
                                "nested",
                                Arrays.asList(1, 2.5, true, "text", null),
                                "text",
                                "kept as it is: ${{'${{'}} params.none }}"));
    }

    @Test
    void theSoakHasItsDefaults() {
        var soak = plan.soak();
        assertThat(soak.windows().get(0).maxExtension()).isEqualTo(Duration.ofHours(1));
        assertThat(soak.windows().get(0).interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(soak.windows().get(0).role()).isEqualTo("release-manager");
        assertThat(soak.windows().get(0).onInconclusive()).isEqualTo(Outcome.HOLD);
        assertThat(soak.windows().get(1).checks()).containsExactly("latency", "evictions");
        assertThat(Durations.format(soak.length())).isEqualTo("48h");
    }

    @Test
    void itComesBackFromJsonAsItWas() throws JsonProcessingException {
        // Given
        String json = PlanJson.strict().writeValueAsString(plan);

        // When
        ReleasePlan back = PlanJson.strict().readValue(json, ReleasePlan.class);

        // Then
        assertThat(back).isEqualTo(plan);
        assertThat(PlanDigest.of(back, loaded.parameters())).isEqualTo(PlanDigest.of(plan, loaded.parameters()));
    }

    @Test
    void theDigestChangesWithPlanAndParameters() {
        String digest = PlanDigest.of(plan, loaded.parameters());
        assertThat(digest).matches("[0-9a-f]{64}").isNotEqualTo(PlanDigest.of(plan, Map.of("version", "v2.1")));
    }
}
