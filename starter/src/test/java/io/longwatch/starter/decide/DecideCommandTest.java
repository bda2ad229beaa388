package io.longwatch.starter.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Decision;
import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecideCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @ParameterizedTest
    @CsvSource({
        "reject go, Ada may not reject this gate",
        "confirm go, there is nothing to confirm",
        "approve go --digest 00000000, what is asked has changed"
    })
    void aRefusalEndsWith4AndItsReason(String said, String reason) {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.say(said);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("refused: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revoke go",
                "sign go",
                "attest go --evidence https://wiki.example.org/go",
                "retry go",
                "skip go --reason known",
                "extend go --by 30m",
                "rollback go",
                "abort go",
                "rollback",
                "pause",
                "resume",
                "hold",
                "hold --for 2h",
                "release"
            })
    void everyVerbIsSaidToTheReleaseAndItsOutcomeIsPrinted(String said) {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.say(said);

        // Then
        String[] words = said.split(" ");
        boolean aboutTheGate = words.length > 1 && words[1].equals("go");
        assertThat(exit).as(world.err()).isZero();
        String argument = said.contains("--by") || said.contains("--for") ? ": " + words[words.length - 1] : "";
        assertThat(world.out())
                .contains(words[0] + " of " + (aboutTheGate ? "go" : Decision.RELEASE) + " by ada" + argument);
    }

    @Test
    void anUpdateThatBreaksIsFollowedByTheSignalWhichCounts() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("waive", SampleRelease.ID, "go", "--reason", "known");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("waive of go by ada");
    }

    @Test
    void withoutAWorkerADecisionIsSentButNotJudged() {
        // Given
        world.startRelease();

        // When
        int exit = world.run("abort", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err()).contains("sent, but not judged yet");
    }

    @Test
    void aDecisionInAnEndedReleaseIsRefused() throws Exception {
        // Given
        world.startWorker();
        world.startAbortedRelease();

        // When
        int exit = world.run("abort", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("has ended");
    }

    @Test
    void aReasonThatIsTooLongIsRefusedBeforeItIsSent() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("approve", SampleRelease.ID, "go", "--reason", "x".repeat(2_001));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("its reason has 2001 characters; at most 2000 are kept");
    }

    @Test
    void aRescheduleSendsAnInstantAndShowsItInThePersonsZone() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("reschedule", SampleRelease.ID, "--deploy-at", "16:30");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("2025-01-27T15:30:00Z");
        assertThat(world.err()).contains("16:30:00 CET");
    }

    @Test
    void aDecisionIsSignedWithThePersonsKey() throws Exception {
        // Given
        world.startWorker();
        world.startRelease();
        Path key = world.sshKey();

        // When
        int exit = world.run("pause", SampleRelease.ID, "--ssh-key", key.toString());

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("signed");
    }
}
