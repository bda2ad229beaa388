package io.longwatch.sandbox.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.CommitResult;
import io.longwatch.actions.git.LogInput;
import io.longwatch.actions.git.Replacement;
import io.longwatch.actions.git.TagInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.git.GitActions;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the git actions need of a remote. Its branch main holds {@code bridge.py} with two lines {@code
 * Counter("webhook_…")} and nothing made by a release.
 */
public abstract class GitContract {
    protected static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "prefix");

    private GitActions git;

    /** How the remote is reached. */
    protected abstract GitConnection connection();

    /** Commits to main as a person beside the release would; returns the commit. */
    protected abstract String commitByHand(Map<String, String> files) throws Exception;

    /** Messages of main, newest first. */
    protected abstract List<String> messages() throws Exception;

    protected abstract String head() throws Exception;

    protected abstract Optional<String> tagged(String tag) throws Exception;

    @BeforeEach
    final void connect() {
        var connections = new Connections("production", Map.of("source", connection()), Map.of());
        git = new GitActions(ActionContext.of(connections, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    @Test
    void aStepCarriedOutTwiceMakesOneCommit() throws Exception {
        // Given
        int commits = messages().size();
        var before = git.commitBefore(STEP, prefix());

        // When
        CommitResult first = git.commit(STEP, prefix(), before);
        CommitResult second = git.commit(STEP, prefix(), before);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first.sha()).isEqualTo(head());
        assertThat(messages()).hasSize(commits + 1);
    }

    @Test
    void twoAttemptsAtOnceMakeOneCommit() throws Exception {
        // Given
        int commits = messages().size();
        var before = git.commitBefore(STEP, prefix());
        Callable<CommitResult> attempt = () -> retried(() -> git.commit(STEP, prefix(), before));

        // When
        var threads = Executors.newFixedThreadPool(2);
        List<Future<CommitResult>> attempts;
        try {
            attempts = threads.invokeAll(List.of(attempt, attempt));
        } finally {
            threads.shutdown();
        }

        // Then
        assertThat(attempts.get(0).get().sha()).isEqualTo(attempts.get(1).get().sha());
        assertThat(messages()).hasSize(commits + 1);
    }

    @Test
    void aCommitIsRevertedByOneThatGoesForward() throws Exception {
        // Given
        int commits = messages().size();
        var before = git.commitBefore(STEP, prefix());
        git.commit(STEP, prefix(), before);
        commitByHand(Map.of("other.txt", "x"));

        // When
        var undone = git.undoCommit(STEP, prefix(), before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(messages()).hasSize(commits + 3);
        assertThat(messages().get(0)).contains("Revert").contains("Longwatch-Undo: " + STEP.key());
    }

    @Test
    void aFileChangedByHandSinceIsNotReverted() throws Exception {
        // Given
        var before = git.commitBefore(STEP, prefix());
        var result = git.commit(STEP, prefix(), before);
        String byHand = commitByHand(Map.of("bridge.py", "rewritten\n"));

        // When
        var undone = git.undoCommit(STEP, prefix(), before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(head()).isEqualTo(byHand);
    }

    @Test
    void aTagIsMadeOnceAndNeverMovedAndRemovedByItsMakerOnly() throws Exception {
        // Given
        String first = head();
        var before = git.tagBefore(STEP, tag(first));
        git.tag(STEP, tag(first), before);
        String second = commitByHand(Map.of("other.txt", "x"));

        // When / Then
        assertThat(git.tag(STEP, tag(first), before).alreadyThere()).isTrue();
        assertThatThrownBy(() -> git.tag(STEP, tag(second), before))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
                    assertThat(failure.getOriginalMessage()).contains(first, second);
                });
        assertThat(tagged("v2.0")).contains(first);
        assertThat(git.undoTag(STEP.at("other"), tag(first), before, null).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(git.undoTag(STEP, tag(first), before, null).outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(tagged("v2.0")).isEmpty();
    }

    @Test
    void commitsSinceOneAreCounted() throws Exception {
        // Given
        String since = head();
        String wanted = commitByHand(Map.of("docs/runbook.md", "learned\n"));
        commitByHand(Map.of("other.txt", "x"));

        // When
        var result = git.log(STEP, new LogInput(null, "main", "docs/runbook.md", null, since));

        // Then
        assertThat(result.count()).isEqualTo(1);
        assertThat(result.latestSha()).isEqualTo(wanted);
    }

    /** As the server would: tries again after a conflict. */
    private static <R> R retried(Callable<R> attempt) throws Exception {
        while (true) {
            try {
                return attempt.call();
            } catch (ApplicationFailure e) {
                if (e.isNonRetryable()) {
                    throw e;
                }
            }
        }
    }

    private static CommitInput prefix() {
        var replacement = new Replacement("bridge.py", "Counter(\"webhook_", "Counter(\"auren_webhook_", 2);
        return new CommitInput(null, "main", List.of(replacement), "Prefix the metrics", null);
    }

    private static TagInput tag(String sha) {
        return new TagInput(null, "v2.0", sha, "Production release", null);
    }
}
