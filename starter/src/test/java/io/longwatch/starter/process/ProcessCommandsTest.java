package io.longwatch.starter.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
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
            ledger: {url: "jdbc:postgresql://127.0.0.1:1/ledger", user: longwatch}
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
                .containsPattern("unreachable +temporal +no Temporal server answers at 127.0.0.1:1 ")
                .containsPattern("unreachable +ledger +.*127.0.0.1:1 refused.*; look at ledger: url, user and password")
                .containsPattern("unreachable +production/cache \\(redis\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "doctor"})
    void aNamespaceThatIsNotThereEndsWith3AndWhatMakesIt(String command) throws IOException {
        // Given
        try (FakeServer server = new FakeServer(Status.OK)) {
            Path config = configFor(server);

            // When
            int exit = world.run(command, "--config", config.toString());

            // Then
            assertThat(exit).as(world.err()).isEqualTo(3);
            assertThat(world.out() + world.err())
                    .contains("has no namespace 'releases'")
                    .contains("temporal operator namespace create --namespace releases")
                    .doesNotContain("start-dev");
        }
    }

    @ParameterizedTest
    @CsvSource({"worker, 4, UNAUTHENTICATED", "worker, 4, PERMISSION_DENIED", "doctor, 3, UNAUTHENTICATED"})
    void aServerThatRefusesTheClientIsNotTakenForOneThatIsAway(String command, int expected, Status.Code code)
            throws IOException {
        // Given
        try (FakeServer server = new FakeServer(code.toStatus().withDescription("Request unauthorized."))) {
            Path config = configFor(server);

            // When
            int exit = world.run(command, "--config", config.toString());

            // Then
            assertThat(exit).as(world.err()).isEqualTo(expected);
            assertThat(world.out() + world.err())
                    .contains("refuses this client: Request unauthorized.")
                    .contains("Check TEMPORAL_API_KEY or the TLS certificate")
                    .doesNotContain("start-dev");
        }
    }

    private Path configFor(FakeServer server) throws IOException {
        return Files.writeString(folder.resolve("worker.yaml"), """
            temporal: {address: "%s", namespace: releases}
            environments: {production: {}}
            """.formatted(server.address()));
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
