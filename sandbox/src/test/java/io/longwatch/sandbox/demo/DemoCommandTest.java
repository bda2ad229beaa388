package io.longwatch.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.sandbox.SandboxMain;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.ProfileConnector;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DemoCommandTest {
    private static final Pattern REPORT = Pattern.compile("Report: (\\S+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        World world = new World(
                Clock.systemUTC(),
                ZoneOffset.UTC,
                Map.of("LONGWATCH_HOME", "..", "COLUMNS", "200"),
                "ada",
                new ProfileConnector(Map.of()),
                false);
        return SandboxMain.commandLine(world, args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    @Test
    void itTellsHowAReleaseWentAndWhichBoxesAreLeft() throws Exception {
        // When
        int exit = run("demo", "--plain", "--scenario", "first-node-never-ready");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("The first node is ready and stays so: FAILED");
        String said = out.toString().replaceAll("\\s+", " ");
        assertThat(said)
                .contains("ended ROLLED_BACK: step 'first-rollout' failed")
                .containsPattern("\\d+ of 42 boxes accounted for: \\d+ passed, \\d+ failed, \\d+ open; in \\d+ s")
                .contains("plans/auren-biometric-bridge/plan.yaml --faults");
        Matcher report = REPORT.matcher(said);
        assertThat(report.find()).isTrue();
        assertThat(Files.readString(Path.of(report.group(1)))).contains("ROLLED_BACK");
    }

    @Test
    void aReportStandsBesideThoseOfFormerDemos(@TempDir Path folder) throws IOException {
        // Given
        Path first = DemoCommand.unused(folder, "bridge-1-leak");
        Files.writeString(first, "first");

        // When
        Path second = DemoCommand.unused(folder, "bridge-1-leak");

        // Then
        assertThat(first).hasFileName("bridge-1-leak.md");
        assertThat(second).hasFileName("bridge-1-leak.2.md");
    }

    @Test
    void aScenarioThatIsNotThereIsNamedWithThoseThatAre() {
        // When
        int exit = run("demo", "--scenario", "flood");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("no scenario 'flood'").contains("second-node-dies");
    }

    @Test
    void itsHelpSaysWhatEachScenarioIs() {
        // When
        run("demo", "--help");

        // Then
        assertThat(Scenario.values())
                .allSatisfy(scenario -> assertThat(out.toString())
                        .contains(scenario.id() + ": " + scenario.end())
                        .contains(scenario.title()));
    }
}
