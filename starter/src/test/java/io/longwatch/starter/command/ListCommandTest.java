package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void aServerThatKeepsNoListSaysSo() {
        // When
        int exit = world.run("list");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err()).contains("cannot list releases: it keeps no list");
    }
}
