package io.longwatch.sandbox.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.git.GitConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRemoteTest extends GitContract {
    @TempDir
    static Path seeds;

    private final GitRemote remote;

    GitRemoteTest() throws IOException {
        Files.writeString(seeds.resolve("bridge.py"), "Counter(\"webhook_seen\")\nCounter(\"webhook_lost\")\n");
        Files.createDirectories(seeds.resolve("docs"));
        Files.writeString(seeds.resolve("docs/runbook.md"), "begin\n");
        remote = GitRemote.seededFrom(seeds, NOW.minusSeconds(3600));
    }

    @AfterEach
    void close() throws IOException {
        remote.close();
    }

    @Test
    void itsFolderIsGoneWhenItIsClosed() throws IOException {
        // Given
        Path folder = Path.of(remote.url());
        assertThat(remote.content("docs/runbook.md")).contains("begin\n");

        // When
        GitRemote other = GitRemote.seededFrom(seeds, NOW);
        other.close();

        // Then
        assertThat(folder).isDirectory();
        assertThat(Path.of(other.url())).doesNotExist();
    }

    @Override
    protected GitConnection connection() {
        return new GitConnection(remote.url(), null, null, null);
    }

    @Override
    protected String commitByHand(Map<String, String> files) throws IOException {
        return remote.commit("ada", NOW, files);
    }

    @Override
    protected List<String> messages() throws IOException {
        return remote.messages();
    }

    @Override
    protected String head() throws IOException {
        return remote.head();
    }

    @Override
    protected Optional<String> tagged(String tag) throws IOException {
        return remote.tagged(tag);
    }
}
