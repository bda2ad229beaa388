package io.longwatch.starter.command;

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

class ReportCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void theReportIsWrittenToAFile() throws IOException {
        // Given
        world.startWorker();
        world.startRelease();
        Path file = folder.resolve("report.md");

        // When
        int exit = world.run("report", SampleRelease.ID, "--output", file.toString());

        // Then
        assertThat(exit).isZero();
        assertThat(Files.readString(file)).startsWith("# AUREN Biometric Bridge: AWAITING_DECISION");
    }

    @Test
    void theReportAsJsonHasStatusChecklistAndRecord() throws JsonProcessingException {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("report", SampleRelease.ID, "--format", "json");

        // Then
        assertThat(exit).isZero();
        assertThat(world.json().at("/checklist/0/state").asText()).isEqualTo("PASSED");
        assertThat(world.json().at("/record/requester").asText()).isEqualTo("dana");
    }
}
