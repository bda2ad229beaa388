package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupersedingStartTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void aStartThatSupersedesEndsTheRunningReleaseAndTakesItsPlace() {
        // Given
        world.startWorker();
        String former = world.startRelease().getExecution().getRunId();

        // When
        int exit = world.start("--supersedes", SampleRelease.ID);

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.out()).startsWith("biometric-bridge-production-20250127-2");
        assertThat(world.err()).contains(SampleRelease.ID + " has ended; nobody watches");
        assertThat(world.request("release/biometric-bridge/production").supersedes())
                .isEqualTo(SampleRelease.ID);
        assertThat(world.request("release/biometric-bridge/production").supersededRun())
                .isEqualTo(former);
    }

    @Test
    void aReleaseThatRefusesToBeSupersededGoesOnAndNothingIsStarted() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.start("--supersedes", SampleRelease.ID, "--as", "mallory");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("refused: nobody knows mallory");
        assertThat(world.run("status", SampleRelease.ID)).isZero();
    }

    @Test
    void onlyTheLatestReleaseOfTheServiceCanBeSuperseded() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.start("--supersedes", "biometric-bridge-production-20250101-1");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("the latest release there is " + SampleRelease.ID);
    }
}
