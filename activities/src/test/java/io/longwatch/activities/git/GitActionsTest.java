package io.longwatch.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.git.CommitBefore;
import io.longwatch.actions.git.CommitInput;
import io.longwatch.actions.git.LogInput;
import io.longwatch.actions.git.Replacement;
import io.longwatch.actions.git.TagBefore;
import io.longwatch.actions.git.TagInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.TakenAttempts;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitActionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "prefix");
    private static final String SOURCE = "Counter(\"webhook_seen\")\nCounter(\"webhook_lost\")\n";

    @TempDir
    Path folder;

    private Origin origin;
    private GitActions git;

    @BeforeEach
    void seedOrigin() throws IOException {
        origin = new Origin(folder.resolve("origin.git"));
        origin.commit("ada", NOW.minus(Duration.ofDays(1)), Map.of("bridge.py", SOURCE, "docs/runbook.md", "one\n"));
        git = actions(origin.connection(), () -> {});
    }

    @AfterEach
    void closeOrigin() {
        origin.close();
    }

    @Test
    void aCommitReplacesEveryPlaceAndNamesTheStep() throws IOException {
        // When
        var result = git.commit(STEP, prefix(2), git.commitBefore(STEP, prefix(2)));

        // Then
        assertThat(result.changed()).isTrue();
        assertThat(result.sha()).isEqualTo(origin.head());
        assertThat(result.replacements()).isEqualTo(2);
        assertThat(result.files()).containsExactly("bridge.py");
        assertThat(result.summary()).startsWith("2 replacements in bridge.py, committed as ");
        assertThat(origin.content("bridge.py"))
                .isEqualTo("Counter(\"auren_webhook_seen\")\nCounter(\"auren_webhook_lost\")\n");
        assertThat(origin.messages().get(0)).endsWith("\n\nLongwatch-Step: " + STEP.key() + "\n");
    }

    @Test
    void anAttemptAfterALostOneFindsTheCommitAndMakesNoOther() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        var lost = git.commit(STEP, prefix(2), before);

        // When
        var repeated = git.commit(STEP, prefix(2), before);

        // Then
        assertThat(repeated).isEqualTo(lost);
        assertThat(origin.messages()).hasSize(2);
    }

    @Test
    void theCommitIsFoundBeneathManyOthers() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        var lost = git.commit(STEP, prefix(2), before);
        for (int i = 0; i < 60; i++) {
            origin.commit("bob", NOW.plusSeconds(i), Map.of("other.txt", "line " + i));
        }

        // When
        var repeated = git.commit(STEP, prefix(2), before);

        // Then
        assertThat(repeated.sha()).isEqualTo(lost.sha());
        assertThat(origin.messages()).hasSize(62);
    }

    @Test
    void whatIsAppliedAlreadyNeedsNoCommit() throws IOException {
        // Given
        git.commit(STEP, prefix(2), git.commitBefore(STEP, prefix(2)));
        StepRef other = STEP.at("again");

        // When
        var result = git.commit(other, prefix(2), git.commitBefore(other, prefix(2)));

        // Then
        assertThat(result.changed()).isFalse();
        assertThat(result.sha()).isEqualTo(origin.head());
        assertThat(origin.messages()).hasSize(2);
    }

    @Test
    void tooFewPlacesFailAndChangeNothing() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(3));

        // When / Then
        assertFails(() -> git.commit(STEP, prefix(3), before), Failures.FAILED, "2 places", "at least 3");
        assertThat(origin.messages()).hasSize(1);
    }

    @Test
    void aMissingFileIsNamed() {
        // Given
        var input = commit(new Replacement("gone.py", "a", "b", null));
        CommitBefore before = git.commitBefore(STEP, input);

        // When / Then
        assertFails(() -> git.commit(STEP, input, before), Failures.NOT_FOUND, "gone.py");
    }

    @Test
    void aBranchThatMovesBetweenReadingAndPushingIsAConflictThatTheNextAttemptSolves() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        var raced = actions(origin.connection(), () -> origin.commit("bob", NOW, Map.of("other.txt", "x")));

        // When / Then
        assertThatThrownBy(() -> raced.commit(STEP, prefix(2), before))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.CONFLICT, "v2.0");
                    assertThat(failure.isNonRetryable()).isFalse();
                });
        assertThat(git.commit(STEP, prefix(2), before).sha()).isEqualTo(origin.head());
        assertThat(origin.messages()).hasSize(3);
    }

    @Test
    void anAttemptThatLostItsLeaseDoesNotPush() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        var lost = actions(origin.connection(), () -> {
            throw new IllegalStateException("lease lost");
        });

        // When / Then
        assertThatThrownBy(() -> lost.commit(STEP, prefix(2), before)).hasMessage("lease lost");
        assertThat(origin.messages()).hasSize(1);
    }

    @Test
    void undoRevertsTheCommitThoughItsResultIsUnknownAndOnlyOnce() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        git.commit(STEP, prefix(2), before);
        origin.commit("bob", NOW, Map.of("other.txt", "x"));

        // When
        var first = git.undoCommit(STEP, prefix(2), before, null);
        var second = git.undoCommit(STEP, prefix(2), before, null);

        // Then
        assertThat(first.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(second.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(origin.content("bridge.py")).isEqualTo(SOURCE);
        assertThat(origin.content("other.txt")).isEqualTo("x");
        assertThat(origin.messages()).hasSize(4);
    }

    @Test
    void undoIsRefusedWhenTheFileWasChangedSince() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        var result = git.commit(STEP, prefix(2), before);
        origin.commit("bob", NOW, Map.of("bridge.py", "rewritten\n"));

        // When
        var undone = git.undoCommit(STEP, prefix(2), before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("bridge.py").contains("bob");
        assertThat(origin.content("bridge.py")).isEqualTo("rewritten\n");
    }

    @Test
    void undoOfACommitThatNeverHappenedIsNotNeeded() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));

        // When
        var undone = git.undoCommit(STEP, prefix(2), before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(origin.messages()).hasSize(1);
    }

    @Test
    void aTagIsMadeOnceAndNeverMoved() throws IOException {
        // Given
        String tagged = origin.head();
        git.tag(STEP, tag(tagged), git.tagBefore(STEP, tag(tagged)));
        String later = origin.commit("bob", NOW, Map.of("other.txt", "x"));

        // When
        var repeated = git.tag(STEP, tag(tagged), new TagBefore(null));

        // Then
        assertThat(repeated.alreadyThere()).isTrue();
        assertFails(() -> git.tag(STEP, tag(later), new TagBefore(null)), Failures.REFUSED, tagged, later);
        assertThat(origin.tagged("v2.0")).isEqualTo(tagged);
    }

    @Test
    void aCommitBeneathTheHeadCanBeTagged() throws IOException {
        // Given
        String older = origin.head();
        origin.commit("bob", NOW, Map.of("other.txt", "x"));

        // When
        var result = git.tag(STEP, tag(older), git.tagBefore(STEP, tag(older)));

        // Then
        assertThat(result.alreadyThere()).isFalse();
        assertThat(origin.tagged("v2.0")).isEqualTo(older);
    }

    @Test
    void aTagPushedByAnotherBetweenLookingAndPushingStays() throws IOException {
        // Given
        String wanted = origin.head();
        String other = origin.commit("bob", NOW, Map.of("other.txt", "x"));
        var raced = actions(origin.connection(), () -> origin.point("refs/tags/v2.0", ObjectId.fromString(other)));

        // When / Then
        assertFails(() -> raced.tag(STEP, tag(wanted), new TagBefore(null)), Failures.CONFLICT, "v2.0");
        assertThat(origin.tagged("v2.0")).isEqualTo(other);
    }

    @Test
    void undoRemovesATagOfThisStepThoughItsResultIsUnknown() throws IOException {
        // Given
        TagBefore before = git.tagBefore(STEP, tag(origin.head()));
        git.tag(STEP, tag(origin.head()), before);

        // When
        var first = git.undoTag(STEP, tag(origin.head()), before, null);
        var second = git.undoTag(STEP, tag(origin.head()), before, null);

        // Then
        assertThat(first.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(second.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(origin.tagged("v2.0")).isNull();
    }

    @Test
    void undoLeavesATagThatSomeoneElseMade() throws IOException {
        // Given
        origin.point("refs/tags/v2.0", ObjectId.fromString(origin.head()));

        // When
        var undone = git.undoTag(STEP, tag(origin.head()), new TagBefore(null), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(origin.tagged("v2.0")).isEqualTo(origin.head());
    }

    @Test
    void undoLeavesATagThatWasThereBefore() throws IOException {
        // When
        var undone = git.undoTag(STEP, tag(origin.head()), new TagBefore(origin.head()), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void logCountsOnlyCommitsThatTouchThePathSinceTheInstant() throws IOException {
        // Given
        origin.commit("bob", NOW.plusSeconds(60), Map.of("other.txt", "x"));
        String wanted = origin.commit("eve", NOW.plusSeconds(120), Map.of("docs/runbook.md", "two\n"));

        // When
        var result = git.log(STEP, new LogInput(null, "main", "docs", NOW, null));

        // Then
        assertThat(result.count()).isEqualTo(1);
        assertThat(result.latestSha()).isEqualTo(wanted);
        assertThat(result.latestAuthor()).isEqualTo("eve");
        assertThat(result.latestTime()).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void logWithoutACommitSinceTheShaCountsNone() throws IOException {
        // When
        var result = git.log(STEP, new LogInput(null, "main", null, null, origin.head()));

        // Then
        assertThat(result.count()).isZero();
        assertThat(result.latestSha()).isNull();
    }

    @Test
    void aMissingBranchOrCommitIsFinalAndNamed() {
        // Given
        String unknown = "0123456789012345678901234567890123456789";
        var input = new CommitInput(null, "release", prefix(1).replacements(), "m", null);

        // When / Then
        assertFails(() -> git.commitBefore(STEP, input), Failures.NOT_FOUND, "release");
        assertFails(() -> git.log(STEP, new LogInput(null, "release", null, NOW, null)), Failures.NOT_FOUND, "release");
        assertFails(() -> git.tag(STEP, tag(unknown), new TagBefore(null)), Failures.NOT_FOUND, unknown);
    }

    @Test
    void aMissingRepositoryIsFinalAndOneThatDoesNotAnswerIsRetried() {
        // Given
        var gone = actions(new GitConnection(folder.resolve("gone.git").toUri(), null, null, null), () -> {});
        var silent = actions(new GitConnection(URI.create("http://127.0.0.1:1/a.git"), null, null, null), () -> {});

        // When / Then
        assertFails(() -> gone.commitBefore(STEP, prefix(1)), Failures.NOT_FOUND, "gone.git");
        assertFails(() -> silent.commitBefore(STEP, prefix(1)), Failures.UNAVAILABLE, "127.0.0.1:1");
    }

    @Test
    void aCheckoutHoldsTheFilesOfItsCommitAndLeavesNothingBehind() throws IOException {
        // Given
        String older = origin.head();
        origin.commit("bob", NOW, Map.of("bridge.py", "later"));
        Path where;

        // When
        try (Checkout checkout = Checkout.of(origin.connection(), older, Invocation.detached())) {
            where = checkout.folder();

            // Then
            assertThat(where.resolve("bridge.py")).hasContent(SOURCE);
            assertThat(where.resolve("docs/runbook.md")).hasContent("one");
            assertThat(checkout.committed()).isEqualTo(NOW.minus(Duration.ofDays(1)));
        }
        assertThat(Files.exists(where)).isFalse();
    }

    @Test
    void aUrlWithCredentialsOrAnUnservedSchemeIsRefusedWithAWayOut() {
        // When / Then
        assertThatThrownBy(() -> new GitConnection(URI.create("https://u:p@example.org/a.git"), null, null, null))
                .hasMessageContaining("holds no credentials");
        assertThatThrownBy(() -> new GitConnection(URI.create("ssh://git@example.org/a.git"), null, null, null))
                .hasMessageContaining("ssh is not supported");
        assertThatThrownBy(() -> new GitConnection(URI.create("http://example.org/a.git"), null, null, null))
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://u:hunter2@example.org/a.git", "http://u:hunter2@example.org/a.git"})
    void credentialsOfAUrlThatIsRefusedForAnotherReasonAreNotRepeated(String url) {
        // When / Then
        assertThatThrownBy(() -> new GitConnection(URI.create(url), null, null, null))
                .hasMessageContaining("://…@example.org/a.git")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theAttemptThatIsAskedBeforeAWriteIsTheOneTakenAtTheBeginning() throws IOException {
        // Given
        CommitBefore before = git.commitBefore(STEP, prefix(2));
        TagInput tag = tag(origin.head());
        TagBefore untagged = new TagBefore(null);

        // When
        var committed = renewedBy(actions -> actions.commit(STEP, prefix(2), before));
        var reverted = renewedBy(actions -> actions.undoCommit(STEP, prefix(2), before, null));
        var tagged = renewedBy(actions -> actions.tag(STEP, tag, untagged));
        var removed = renewedBy(actions -> actions.undoTag(STEP, tag, untagged, null));

        // Then
        assertThat(List.of(committed, reverted, tagged, removed)).containsOnly(List.of(1));
    }

    private List<Integer> renewedBy(Consumer<GitActions> action) {
        var attempts = new TakenAttempts();
        var connections = new Connections("production", Map.of("source", origin.connection()), Map.of());
        action.accept(new GitActions(new ActionContext(connections, Clock.fixed(NOW, ZoneOffset.UTC), attempts)));
        return attempts.renewed();
    }

    private static CommitInput prefix(int atLeast) {
        return commit(new Replacement("bridge.py", "Counter(\"webhook_", "Counter(\"auren_webhook_", atLeast));
    }

    private static CommitInput commit(Replacement replacement) {
        return new CommitInput("source", "main", List.of(replacement), "Prefix the metrics", null);
    }

    private static TagInput tag(String sha) {
        return new TagInput("source", "v2.0", sha, "Production release", null);
    }

    /** What happens just before a write. */
    private interface Happening {
        void run() throws IOException;
    }

    private static GitActions actions(GitConnection connection, Happening beforeWrite) {
        var connections = new Connections("production", Map.of("source", connection), Map.of());
        return new GitActions(
                new ActionContext(connections, Clock.fixed(NOW, ZoneOffset.UTC), () -> new Interrupted(beforeWrite)));
    }

    private record Interrupted(Happening happening) implements Invocation {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(Object details) {
            try {
                happening.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }

    private static void assertFails(ThrowingCallable call, String type, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.getOriginalMessage()).contains(words);
        });
    }
}
