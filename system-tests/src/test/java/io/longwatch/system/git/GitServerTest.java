package io.longwatch.system.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.Replacement;
import io.longwatch.actions.git.TagInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.GitActions;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.git.GitContract;
import io.longwatch.system.parts.GitServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP on a repository that Git serves, and what its rules, hooks and rivals do to a push. */
@Timeout(300)
class GitServerTest extends GitContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "prefix");
    private static final Map<String, String> FILES =
            Map.of("bridge.py", "Counter(\"webhook_seen\")\nCounter(\"webhook_lost\")\n", "docs/runbook.md", "begin\n");

    @TempDir
    Path folder;

    @TempDir
    Path own;

    private @Nullable GitServer server;

    private GitServer here() {
        try {
            if (server == null) {
                server = GitServer.start(folder, FILES);
            }
            return server;
        } catch (IOException e) {
            throw new AssertionError("no repository", e);
        }
    }

    @AfterEach
    void stopServer() {
        here().close();
    }

    @Override
    protected GitConnection connection() {
        return new GitConnection(here().url(), null, null, null);
    }

    @Override
    protected String commitByHand(Map<String, String> files) throws Exception {
        return here().commit(files);
    }

    @Override
    protected List<String> messages() {
        return here().messages();
    }

    @Override
    protected String head() {
        return here().head();
    }

    @Override
    protected Optional<String> tagged(String tag) {
        String commit = here().git("for-each-ref", "--format=%(*objectname)%(objectname)", "refs/tags/" + tag);
        return commit.isEmpty() ? Optional.empty() : Optional.of(commit.substring(0, 40));
    }

    /** The other commit arrives while the push is under way, after all that the step looked at. */
    @Test
    void aPushThatSomeoneElseOvertookIsTriedAgainOnTopOfTheirs() throws Exception {
        // Given
        GitActions git = actions(here().url(), null);
        var before = git.commitBefore(STEP, prefix());
        String theirs = here().commit(Map.of("other.txt", "x"));
        here().git("branch", "theirs", theirs);
        here().git("update-ref", "refs/heads/main", before.head());
        here().hook("pre-receive", "env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main refs/heads/theirs\n");

        // When
        var overtaken = failure(() -> git.commit(STEP, prefix(), before));
        here().hook("pre-receive", "exit 0\n");
        var result = git.commit(STEP, prefix(), before);

        // Then
        assertThat(overtaken.getType()).isEqualTo(Failures.CONFLICT);
        assertThat(overtaken.isNonRetryable()).isFalse();
        assertThat(head()).isEqualTo(result.sha());
        assertThat(here().git("rev-parse", "main^")).isEqualTo(theirs);
    }

    @Test
    void aPushAgainstTheRepositorysRulesIsDeniedInTheirWords() throws Exception {
        // Given
        GitActions git = actions(here().url(), null);
        var before = git.commitBefore(STEP, prefix());
        here().hook("update", "echo protected branch >&2\nexit 1\n");

        // When
        var failure = failure(() -> git.commit(STEP, prefix(), before));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.getOriginalMessage()).contains("refs/heads/main");
        assertThat(head()).isEqualTo(before.head());
    }

    @Test
    void aTagThatSomeoneElseMakesMeanwhileIsNotMoved() throws Exception {
        // Given
        GitActions git = actions(here().url(), null);
        String first = head();
        String second = here().commit(Map.of("other.txt", "x"));
        TagInput input = new TagInput(null, "v2.0", first, "Production release", null);
        var before = git.tagBefore(STEP, input);
        here().hook("pre-receive", "env -u GIT_QUARANTINE_PATH git update-ref refs/tags/v2.0 " + second + "\n");

        // When
        var overtaken = failure(() -> git.tag(STEP, input, before));
        var afterwards = failure(() -> git.tag(STEP, input, before));

        // Then
        assertThat(overtaken.getType()).isEqualTo(Failures.CONFLICT);
        assertThat(afterwards.getType()).isEqualTo(Failures.REFUSED);
        assertThat(afterwards.getOriginalMessage()).contains(first, second);
        assertThat(tagged("v2.0")).contains(second);
    }

    @Test
    void aTokenOpensAndAWrongOneOrNoneIsDenied() throws Exception {
        // Given
        Path right = Files.writeString(own.resolve("right"), GitServer.TOKEN);
        Path wrong = Files.writeString(own.resolve("wrong"), "battery-staple");
        Path repository = Files.createDirectory(own.resolve("repository"));
        try (GitServer locked = GitServer.startLocked(repository, FILES)) {
            // When
            GitActions git = actions(locked.url(), right);
            var result = git.commit(STEP, prefix(), git.commitBefore(STEP, prefix()));
            var refused = failure(() -> actions(locked.url(), wrong).commitBefore(STEP, prefix()));
            var unasked = failure(() -> actions(locked.url(), null).commitBefore(STEP, prefix()));

            // Then
            assertThat(result.sha()).isEqualTo(locked.head());
            assertThat(refused.getType()).isEqualTo(Failures.DENIED);
            assertThat(refused.getOriginalMessage()).doesNotContain("battery-staple");
            assertThat(unasked.getType()).isEqualTo(Failures.DENIED);
        }
    }

    @Test
    void aRepositoryThatIsNotThereIsNamedAndAServerThatIsDownIsTriedAgain() {
        // Given
        URI gone = here().url().resolve("/gone.git");
        URI url = here().url();

        // When
        var missing = failure(() -> actions(gone, null).commitBefore(STEP, prefix()));
        here().close();
        var down = failure(() -> actions(url, null).commitBefore(STEP, prefix()));

        // Then
        assertThat(missing.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(down.getType()).isEqualTo(Failures.UNAVAILABLE);
    }

    @Test
    void theSameRepositoryIsServedAsAFolder() throws Exception {
        // Given
        GitActions git = actions(here().bare().toUri(), null);
        var before = git.commitBefore(STEP, prefix());

        // When
        var result = git.commit(STEP, prefix(), before);
        var found = actions(here().url(), null).commit(STEP, prefix(), before);

        // Then
        assertThat(result.sha()).isEqualTo(head());
        assertThat(found).isEqualTo(result);
        assertThat(here().git("show", "main:bridge.py")).contains("auren_webhook_seen", "auren_webhook_lost");
    }

    @Test
    void otherTransportsAreRefusedBeforeAnythingIsTried() {
        // When / Then
        for (String url :
                List.of("ssh://git@127.0.0.1/bridge.git", "git://127.0.0.1/bridge.git", "http://git.internal/b.git")) {
            assertThatThrownBy(() -> new GitConnection(URI.create(url), null, null, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    // Who stands ahead of a host may be a password.
                    .hasMessageContaining(url.replace("git@", "…@"));
        }
    }

    private static GitActions actions(URI url, @Nullable Path token) {
        var connection = new GitConnection(url, null, token == null ? null : Secret.ofFile(token), null);
        var connections = new Connections("production", Map.of("source", connection), Map.of());
        return new GitActions(ActionContext.of(connections, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private static CommitInput prefix() {
        var replacement = new Replacement("bridge.py", "Counter(\"webhook_", "Counter(\"auren_webhook_", 2);
        return new CommitInput(null, "main", List.of(replacement), "Prefix the metrics", null);
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, action);
        assertThat(failure).as("it should have failed").isNotNull();
        return failure;
    }
}
