package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.starter.temporal.ProfileConnector;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class LongwatchTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        // When
        int exit = world.run("--help");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out())
                .contains("start", "list", "status", "watch", "report", "approve", "rollback", "plan", "actions")
                .contains("worker", "doctor", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stauts", "status", "status a b", "extend x-y-20250101-1 --by", "plan"})
    void wrongUsageEndsWith2AndSaysWhatIsRight(String line) {
        // When
        int exit = world.run(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--help").doesNotContain("\tat ");
    }

    @Test
    void helpListsWhatEveryCommandSaysOfItself() {
        // Given
        CommandLine all = Longwatch.commandLine(World.here(), new String[] {"no such command"});

        // When
        String help =
                Longwatch.commandLine(World.here(), new String[] {"--help"}).getUsageMessage();

        // Then
        assertThat(all.getSubcommands()).hasSizeGreaterThan(25);
        assertThat(help).isEqualTo(all.getUsageMessage());
    }

    @Test
    void aCommandIsTheSameAloneAndAmongAll() {
        // Given
        CommandLine all = Longwatch.commandLine(World.here(), new String[] {"no such command"});

        // When / Then
        assertThat(all.getSubcommands())
                .allSatisfy((name, command) -> assertThat(
                                Longwatch.commandLine(World.here(), new String[] {name, "--help"})
                                        .getSubcommands())
                        .containsOnlyKeys(name)
                        .extractingByKey(name)
                        .extracting(CommandLine::getUsageMessage)
                        .isEqualTo(command.getUsageMessage()));
    }

    @Test
    void aCommandOfAGroupIsFoundWithoutIt() {
        // When
        int exit = world.run("validate", "plan.yaml");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err())
                .contains("Did you mean: longwatch plan validate?")
                .doesNotContain("attest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status biometric-bridge-production-20250127-1",
                "list",
                "start ../plans/auren-biometric-bridge --now",
                "abort biometric-bridge-production-20250127-1",
                "report biometric-bridge-production-20250127-1"
            })
    void withoutAServerACommandEndsWith3AndSaysHowToGetOne(String line) {
        // Given
        world.loseServer();

        // When
        int exit = world.run((line + " --address 127.0.0.1:1").split(" "));

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err()).contains("127.0.0.1:1").contains("temporal server start-dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", ":", "a b:1", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1"})
    void anAddressThatIsNoneEndsWith2(String address) {
        // Given
        world.loseServer();

        // When
        int exit = world.run("list", "--address", address);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--address '" + address + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPORAL_TLS_CLIENT_CERT_PATH, /nope",
        "TEMPORAL_ADDRESS, http://127.0.0.1:1",
        "TEMPORAL_ADDRESS, 127.0.0.1:99999"
    })
    void aVariableThatCannotBeUsedEndsWith2(String variable, String value) {
        // Given
        ProfileConnector connector = new ProfileConnector(Map.of(variable, value));

        // When / Then
        assertThatThrownBy(() -> connector.connect(null, null))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(2))
                .hasMessageContaining(value);
    }

    @Test
    void aNameThatCannotBeAPathEndsWith2() {
        // When
        int exit = world.run("plan", "validate", "pl\0n");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("cannot be a path here");
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "-1, 2", "2147483647, 3"})
    void aNumberOfReleasesIsOneOrMore(String most, int expected) {
        // When
        int exit = world.run("list", "--most", most);

        // Then
        assertThat(exit).as(world.err()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "worker --config a.yaml, true",
        "--debug worker --config a.yaml, true",
        "doctor --config worker, false",
        "--help, false"
    })
    void theWorkerIsKnownByItsCommandWhereverThatStands(String line, boolean expected) {
        // When / Then
        assertThat(Longwatch.isWorker(line.split(" "))).isEqualTo(expected);
    }

    @Test
    void anErrorOfTheRuntimeEndsWith70() {
        // Given
        StringWriter err = new StringWriter();
        CommandLine overflowing = new CommandLine(new Overflowing()).setErr(new PrintWriter(err, true));

        // When
        int exit = Longwatch.execute(overflowing, new String[0]);

        // Then
        assertThat(exit).isEqualTo(70);
        assertThat(err.toString()).contains("StackOverflowError").contains("This was not foreseen");
    }

    @Command(name = "overflow")
    private static final class Overflowing implements Runnable {
        @Override
        public void run() {
            throw new StackOverflowError();
        }
    }
}
