package io.longwatch.starter.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void aPlanIsFoundByItsNameAmongThoseThatComeAlong() throws IOException {
        // Given
        Path plan = Files.createDirectories(folder.resolve("plans/bridge")).resolve("plan.yaml");
        Files.copy(SampleRelease.file(), plan);

        // When
        int exit = world.run("plan", "list");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("bridge  AUREN Biometric Bridge: biometric-bridge to production");
        assertThat(world.run("plan", "validate", "bridge")).isZero();
    }

    @Test
    void anInvalidPlanEndsWith2AndItsProblemsWithTheirPlaces() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace("redis.ping", "redis.pong"));

        // When
        int exit = world.run("plan", "validate", plan.toString());

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).containsPattern("plan.yaml:\\d+:\\d+: .*redis.pong");
    }

    @Test
    void coverageEndsWith1IfNothingAnswersABox() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace(", covers: [7]", ""));

        // When
        int exit = world.run("plan", "coverage", plan.toString());

        // Then
        assertThat(exit).as(world.err()).isEqualTo(1);
        assertThat(world.err()).containsPattern("plan.yaml:\\d+:\\d+: box 7 of CHECKLIST.md is covered by nothing");
        assertThat(world.out())
                .contains("11/12 boxes answered")
                .containsPattern("\\n   7  NONE    -")
                .contains("   1  NONE    nothing answers it");
    }

    @Test
    void coverageComparesTheChecklistWithWhatThePlanSaysOfIt() throws IOException {
        // Given
        Path checklist = Files.writeString(folder.resolve("CHECKLIST.md"), "- [ ] Tag\n- [ ] Build\n");

        // When
        int exit = world.run("plan", "coverage", SampleRelease.file().toString(), "--source", checklist.toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(world.err()).contains("has 2 boxes, the plan says 12").contains("SHA-256 is");
    }

    @Test
    void thePlansCoverageAsJson() throws JsonProcessingException {
        // When
        int exit = world.run("plan", "coverage", SampleRelease.file().toString(), "--json");

        // Then
        assertThat(exit).isZero();
        assertThat(world.json().at("/covered").asInt()).isEqualTo(12);
        assertThat(world.json().at("/classes/AUTO").asInt()).isEqualTo(9);
    }

    @Test
    void aPlanIsShownWithItsPhasesAndItsWayBack() {
        // When
        int exit = world.run("plan", "show", SampleRelease.file().toString());

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("T-2h: Code preparation", "Soak, 48h", "Rollback", "Sign-offs");
    }

    @Test
    void theSchemaIsJson() throws JsonProcessingException {
        // When
        int exit = world.run("plan", "schema");

        // Then
        assertThat(exit).isZero();
        assertThat(world.json().has("$schema")).isTrue();
    }
}
