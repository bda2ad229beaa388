package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.preflight.Lack;
import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void aStartPrintsTheIdAndThePage() {
        // Given
        world.startWorker();

        // When
        int exit = world.run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--deploy-at", "+3h");

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.out().lines()).first().isEqualTo("biometric-bridge-production-20250127-1");
        assertThat(world.out())
                .contains(
                        "http://localhost:8233/namespaces/default/workflows/release%2Fbiometric-bridge%2Fproduction/");
        assertThat(world.err()).contains("T = Mon 2025-01-27 13:00:00 CET (2025-01-27T12:00:00Z), in 3h");
    }

    @Test
    void aStartWithoutAConnectionThatThePlanNamesStartsNothing() {
        // Given
        world.startWorkerThatLacks(
                new Lack("topics", "connection 'events' (kafka) is not configured; there are cache (redis)"),
                new Lack("lag", "connection 'events' (kafka) is not configured; there are cache (redis)"));

        // When
        int exit = world.start();

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(world.err())
                .contains("connection 'events' (kafka) is not configured; there are cache (redis) (topics, lag)")
                .contains("nothing was started");
        assertThat(world.run("status", "biometric-bridge-production-20250127-1"))
                .isEqualTo(2);
    }

    @Test
    void aStartWithoutAWorkerOfTheEnvironmentSaysWhichIsMissing() {
        // Given
        world.startWorkerOfWorkflows();

        // When
        int exit = world.start();

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err())
                .contains("no worker answered on the queue longwatch.production", "longwatch worker --config FILE");
    }

    @Test
    void aStartThatIsNotCheckedNeedsNoWorker() {
        // When
        int exit = world.start("--unchecked");

        // Then
        assertThat(exit).as(world.err()).isZero();
    }

    @Test
    void aSecondStartIsRefusedAndNamesTheReleaseThatRuns() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.start("--unchecked");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains(SampleRelease.ID + " of biometric-bridge runs in production");
    }

    @Test
    void theNextReleaseOfTheDayHasTheNextNumber() throws Exception {
        // Given
        world.startWorker();
        world.startAbortedRelease();

        // When
        int exit = world.start("--json");

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.out()).contains("\"biometric-bridge-production-20250127-2\"");
    }

    @Test
    void noTwoReleasesHaveOneIdWhateverTheirServicesAreCalled() throws IOException {
        // Given
        world.startWorker();
        world.startRelease();
        Path other = folder.resolve("plan.yaml");
        Files.writeString(
                other,
                Files.readString(SampleRelease.file())
                        .replace("service: biometric-bridge", "service: biometric")
                        .replace("environment: production", "environment: bridge-production"));

        // When
        int exit = world.run("start", other.toString(), "--param", "version=v2.1", "--now", "--unchecked", "--json");

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.out())
                .contains("\"biometric-bridge-production-20250127-2\"", "\"release/biometric/bridge-production\"");
    }

    @Test
    void aStartWarnsWhereNoListWillShowTheRelease() {
        // Given
        world.startWorker();

        // When
        int exit = world.start();

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.err()).contains("knows no search attributes of Longwatch's", "longwatch doctor --fix");
    }

    @Test
    void aDeployTimeTooNearForTheEarliestPhaseSaysWhatIsPossible() {
        // When
        int exit =
                world.run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--deploy-at", "+90m");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("2h ahead of it", "--deploy-at 2025-01-27T11:01:00Z");
    }

    @Test
    void aStartNowDoesNotTakeATimeAheadOfWhichNothingIsToBeCompressed() {
        // When
        int exit = world.start("--unchecked", "--deploy-at", "+3h");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--now would not wait for T = ", "Leave out --now to deploy then");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-27T08:00Z", "+90m"})
    void aStartNowCompressesWhatIsPastOrTooNear(String deployAt) {
        // When
        int exit = world.start("--unchecked", "--deploy-at", deployAt);

        // Then
        assertThat(exit).as(world.err()).isZero();
        assertThat(world.err()).contains("T = when the phases before the deployment are done");
    }

    @Test
    void aStartWithoutItsParametersNamesThemWithTheirPlace() {
        // When
        int exit = world.run("start", SampleRelease.file().toString(), "--now");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).containsPattern("plan.yaml:\\d+:\\d+: .*version");
    }

    @Test
    void aPlanThatLacksABoxDoesNotStart() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace(", covers: [7]", ""));

        // When
        int exit = world.run("start", plan.toString(), "--now");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("box 7 of CHECKLIST.md is covered by nothing");
    }
}
