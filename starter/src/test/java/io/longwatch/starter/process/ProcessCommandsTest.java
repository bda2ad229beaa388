package io.longwatch.starter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessCommandsTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void doctorTriesEachConnection() throws IOException {
        // Given
        Path config = Files.writeString(folder.resolve("worker.yaml"), """
            temporal: {address: "127.0.0.1:1"}
            environments:
              production:
                connections:
                  cache: {kind: redis, uri: "redis://127.0.0.1:1"}
            """);

        // When
        int exit = world.run("doctor", "--config", config.toString());

        // Then
        assertThat(exit).as(world.err()).isEqualTo(3);
        assertThat(world.out())
                .containsPattern("unreachable +temporal")
                .containsPattern("unreachable +production/cache \\(redis\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "doctor"})
    void anInvalidConfigurationEndsWith2AndItsPlace(String command) throws IOException {
        // Given
        Path config = Files.writeString(folder.resolve("worker.yaml"), "environments: 7\n");

        // When
        int exit = world.run(command, "--config", config.toString());

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).containsPattern("worker.yaml:1:\\d+: ");
    }

    @ParameterizedTest
    @CsvSource({
        "worker, not toml [[[, default",
        "doctor, not toml [[[, default",
        "worker, '[profile.default]', other",
        "doctor, '[profile.default]', other"
    })
    void aTemporalTomlThatCannotBeUsedEndsWith2AndItsName(String command, String toml, String profile)
            throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("temporal.toml"), toml);
        Path config = Files.writeString(folder.resolve("worker.yaml"), """
            temporal: {configFile: "%s", profile: %s}
            environments: {production: {}}
            """.formatted(file, profile));

        // When
        int exit = world.run(command, "--config", config.toString());

        // Then
        assertThat(exit).as(world.err()).isEqualTo(2);
        assertThat(world.err()).contains(file.toString());
    }
}
