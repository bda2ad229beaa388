package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.starter.CommandFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalProgramTest {
    private final StringWriter said = new StringWriter();

    @TempDir
    Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void anEnvironmentOfItsOwn() {
        environment = Map.of(
                "PATH", folder.resolve("bin").toString(),
                "LONGWATCH_PARTS", folder.resolve("parts").toString());
    }

    @Test
    void theCommandOnThePathIsTaken() throws IOException {
        // Given
        Path onPath = program(folder.resolve("bin/temporal"), "true");
        program(folder.resolve("parts/temporal-1.5.1/bin/temporal"), "true");

        // When
        Path taken = new TemporalProgram(environment).get(new PrintWriter(said));

        // Then
        assertThat(taken).isEqualTo(onPath);
    }

    @Test
    void elseThePartOfTheVersionThatIsKnownToDo() throws IOException {
        // Given
        program(folder.resolve("parts/temporal-1.9.0/bin/temporal"), "true");
        Path known = program(folder.resolve("parts/temporal-1.5.1/bin/temporal"), "true");

        // When
        Path taken = new TemporalProgram(environment).get(new PrintWriter(said));

        // Then
        assertThat(taken).isEqualTo(known);
    }

    @Test
    void elseItIsBuiltWithGoAmongTheParts() throws IOException {
        // Given
        program(
                folder.resolve("bin/go"),
                "[ \"$*\" = 'install github.com/temporalio/cli/cmd/temporal@v1.5.1' ] && /bin/cp \"$0\" \"$GOBIN/temporal\"");

        // When
        Path built = new TemporalProgram(environment).get(new PrintWriter(said, true));

        // Then
        assertThat(built)
                .isEqualTo(folder.resolve("parts/temporal-1.5.1/bin/temporal"))
                .isExecutable();
        assertThat(said.toString()).contains("building it with Go");
    }

    @Test
    void aBuildThatFailsIsToldWithWhatGoSaid() throws IOException {
        // Given
        program(folder.resolve("bin/go"), "echo dial tcp: no such host; exit 1");

        // When / Then
        assertThatThrownBy(() -> new TemporalProgram(environment).get(new PrintWriter(said)))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("no such host");
    }

    @Test
    void whereThereIsNoGoEitherOneIsToldHowToGetIt() {
        // When / Then
        assertThatThrownBy(() -> new TemporalProgram(environment).get(new PrintWriter(said)))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(3))
                .hasMessageContaining("'temporal' is not on the path");
    }

    private static Path program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
