package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @ParameterizedTest
    @CsvSource({"redis.ping, 0", "redis, 0", "redis.pong, 2"})
    void actionsAreLookedUpByNameOrSystem(String name, int expected) {
        // When
        int exit = world.run("actions", name);

        // Then
        assertThat(exit).isEqualTo(expected);
        assertThat(world.out() + world.err()).contains("redis.ping");
    }
}
