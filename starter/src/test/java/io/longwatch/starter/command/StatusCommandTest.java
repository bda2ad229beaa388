package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @ParameterizedTest
    @CsvSource({
        "nonsense, is no release id",
        "biometric-bridge-production-20250127-7, The latest there is biometric-bridge-production-20250127-1",
        "other-production-20250127-1, no release 'other-production-20250127-1'"
    })
    void anUnknownReleaseEndsWith2(String id, String said) {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("status", id);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains(said);
    }

    @Test
    void aWorkerThatFailsToAnswerAtFirstIsAskedAgain() {
        // Given
        world.startWorker();
        world.startRelease();
        world.failQueries(2);

        // When
        int exit = world.run("status", SampleRelease.ID);

        // Then
        assertThat(exit).as(world.err()).isZero();
    }

    @Test
    void aWorkerThatCannotAnswerIsSaidSoInALine() {
        // Given
        world.startWorker();
        world.startRelease();
        world.failQueries(3);

        // When
        int exit = world.run("status", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err())
                .contains("the worker could not answer (", "still loads")
                .doesNotContain("io.example");
    }

    @Test
    void statusAsJsonHasTheFieldsThatScriptsRead() throws JsonProcessingException {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("status", SampleRelease.ID, "--json");

        // Then
        assertThat(exit).isZero();
        assertThat(world.json().at("/release").asText()).isEqualTo(SampleRelease.ID);
        assertThat(world.json().at("/state").asText()).isEqualTo("AWAITING_DECISION");
        assertThat(world.json().at("/phases/0/steps/0/id").asText()).isEqualTo("tag");
        assertThat(world.json().at("/boxes/total").asInt()).isEqualTo(12);
        assertThat(world.json().at("/effects/0/state").asText()).isEqualTo("DONE");
        assertThat(world.json().at("/questions/0/subject").asText()).isEqualTo("go");
    }

    @Test
    void statusShowsTheRelease() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("status", SampleRelease.ID);

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("AWAITING DECISION", "Deploy the first node?", "6/12");
    }
}
