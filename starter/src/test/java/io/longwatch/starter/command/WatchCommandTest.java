package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @ParameterizedTest
    @CsvSource({"approve, 0, SUCCEEDED", "abort, 1, ABORTED"})
    void watchEndsWithTheReleaseAndItsExitCodeSaysHow(String verb, int expected, String state) {
        // Given
        world.startWorker();
        world.startRelease();
        world.run(verb, SampleRelease.ID);

        // When
        int exit = world.run("watch", SampleRelease.ID, "--every", "20");

        // Then
        assertThat(exit).isEqualTo(expected);
        assertThat(world.out()).contains(SampleRelease.ID + " " + state, "Tag v2.0: PASSED, tag v2.0 at 4f2c91d");
    }
}
