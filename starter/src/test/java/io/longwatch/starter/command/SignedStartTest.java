package io.longwatch.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.release.ReleaseRequest;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedStartTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void aReleaseThatNobodySignedIsRefusedAndNothingIsStarted() {
        // Given
        world.requireProofs();
        world.startWorker();

        // When
        int exit = world.start();

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err())
                .contains("refused: it carries no proof that it is Ada's; nothing was started", "--ssh-key");
        assertThat(world.out()).isEmpty();
    }

    @Test
    void aReleaseIsSignedByWhoeverAsksForIt() throws Exception {
        // Given
        world.requireProofs();
        world.startWorker();
        Path key = world.sshKey();

        // When
        int exit = world.start("--as", "ada", "--ssh-key", key.toString(), "--json");

        // Then
        assertThat(exit).isZero();
        ReleaseRequest request = world.request(world.json().at("/workflowId").asText());
        assertThat(request.requester()).isEqualTo("ada");
        assertThat(request.proof()).contains("BEGIN SSH SIGNATURE");
        assertThat(request.requires()).contains("proof/v1");
    }

    @Test
    void whoAsksAndWhoSignsAreOnePerson() {
        // Given
        world.startWorker();

        // When
        int exit = world.start("--as", "ada", "--requester", "bob");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--requester 'bob' and --as 'ada' are two people");
    }
}
