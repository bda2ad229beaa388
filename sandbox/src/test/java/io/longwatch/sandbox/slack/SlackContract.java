package io.longwatch.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.slack.NotifyBefore;
import io.longwatch.actions.slack.NotifyInput;
import io.longwatch.activities.announce.AnnounceActions;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.slack.SlackActions;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Longwatch needs of Slack, driven through the actions: against the stand-in here, against a real workspace where one
 * is given. Each run has a release of its own, so that a workspace may be used again.
 */
abstract class SlackContract {
    private final StepRef step = new StepRef("bridge-production-" + UUID.randomUUID(), "production", "tell");

    @TempDir
    private Path folder;

    private Clock clock;
    private SlackActions actions;
    private AnnounceActions announce;

    /** The connection to the workspace under test; tokens are given as files in the folder. */
    abstract SlackConnection connection(Path secrets) throws Exception;

    /** Name of a channel there that the app is a member of. */
    abstract String channel();

    /** Name of a channel there that the app can see and is no member of. */
    abstract String foreignChannel();

    /** A message of that channel as a person reads it: headline, lines, buttons in brackets. */
    abstract String read(String message) throws Exception;

    /** The time of the workspace. */
    abstract Clock clock();

    @BeforeEach
    void connect() throws Exception {
        clock = clock();
        ActionContext context = contextWith(connection(folder));
        actions = new SlackActions(context);
        announce = new AnnounceActions(context, People.none());
    }

    @Test
    void aMessageIsPostedAndFoundAgainByItsKey() {
        // Given
        NotifyBefore before = actions.notifyBefore(step, input(channel()));
        var first = actions.notify(step, input(channel()), before);

        // When
        var second = actions.notify(step, input(channel()), before);

        // Then
        assertThat(before.found()).isNull();
        assertThat(first.alreadyThere()).isFalse();
        assertThat(second.alreadyThere()).isTrue();
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(actions.notifyBefore(step, input(channel())).found()).isEqualTo(first.message());
    }

    @Test
    void aMessageInAThreadIsFoundAgainInThatThread() {
        // Given
        var begun = actions.notify(
                step.at("begin"), input(channel()), actions.notifyBefore(step.at("begin"), input(channel())));
        var reply = new NotifyInput(channel(), "and more", begun.message(), null);
        NotifyBefore before = actions.notifyBefore(step, reply);
        var first = actions.notify(step, reply, before);

        // When
        var second = actions.notify(step, reply, before);

        // Then
        assertThat(second.message()).isEqualTo(first.message()).isNotEqualTo(begun.message());
    }

    @Test
    void undoingAMessageDeletesNothing() {
        // Given
        NotifyBefore before = actions.notifyBefore(step, input(channel()));
        var result = actions.notify(step, input(channel()), before);

        // When
        UndoResult undone = actions.undoNotify(step, input(channel()), before, result);
        UndoResult withoutResult = actions.undoNotify(step, input(channel()), before, null);
        UndoResult neverPosted = actions.undoNotify(step.at("other"), input(channel()), before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(UndoResult.Outcome.NOT_NEEDED);
        assertThat(undone.summary()).contains(result.message());
        assertThat(withoutResult.summary()).contains(result.message());
        assertThat(neverPosted.summary()).startsWith("nothing was posted");
        assertThat(actions.notifyBefore(step, input(channel())).found()).isEqualTo(result.message());
    }

    @Test
    void aChannelThatDoesNotExistIsFinal() {
        // When / Then
        assertThatThrownBy(() -> actions.notifyBefore(step, input("#no-such-channel-here")))
                .satisfies(failure -> assertFailure(failure, Failures.NOT_FOUND, "#no-such-channel-here"));
    }

    @Test
    void aChannelWithoutTheAppIsRefusedAndSaysWhatToDo() {
        // When / Then
        assertThatThrownBy(() -> actions.notifyBefore(step, input(foreignChannel())))
                .satisfies(failure -> assertFailure(failure, Failures.REFUSED, "invite the app"));
    }

    @Test
    void aThreadThatDoesNotExistIsFinal() {
        // Given
        var lost = new NotifyInput(channel(), "hello", "1000000000.000100", null);

        // When / Then
        assertThatThrownBy(() -> actions.notifyBefore(step, lost))
                .satisfies(failure -> assertFailure(failure, Failures.NOT_FOUND, "thread_not_found"));
    }

    @Test
    void aWrongTokenIsDeniedAndNotRepeated() throws Exception {
        // Given
        var token = Files.writeString(folder.resolve("wrong"), "xoxb-000-wrong");
        var wrong = new SlackConnection(Secret.ofFile(token), connection(folder).baseUrl(), null);
        var denied = new SlackActions(contextWith(wrong));

        // When / Then
        assertThatThrownBy(() -> denied.notifyBefore(step, input(channel()))).satisfies(failure -> {
            assertFailure(failure, Failures.DENIED, "invalid_auth");
            assertThat(failure.getMessage()).doesNotContain("xoxb-000-wrong");
        });
    }

    @Test
    void anAnnouncementIsPostedOnceAndReplacedInItsPlace() {
        // Given
        Posted root = announce.post(step, announcement("release", null, null, null));
        Posted card = announce.post(step, announcement("question/go/1", root, question(List.of("all well")), null));

        // When
        Posted again = announce.post(step, announcement("question/go/1", root, question(List.of("all well")), null));
        Posted settled = announce.update(
                step, card, announcement("question/go/1", root, question(List.of("all well")), "Approved by Ada"));

        // Then
        assertThat(again.message()).isEqualTo(card.message());
        assertThat(settled.message()).isEqualTo(card.message());
        assertThat(announce.post(step, announcement("question/go/1", root, null, null))
                        .message())
                .isEqualTo(card.message());
    }

    @Test
    void theLargestCardIsTaken() throws Exception {
        // Given
        var lines = Collections.nCopies(400, "<&> a line of what a machine has found");
        var announcement = new Announcement(
                "question/large/1",
                channel(),
                null,
                "title ".repeat(100),
                lines,
                Announcement.Tone.BAD,
                question(lines),
                "release/bridge/production",
                null,
                List.of());

        // When
        Posted posted = announce.post(step, announcement);

        // Then
        assertThat(read(posted.message()))
                .contains("title title", "\n<&> a line of what a machine has found\n")
                .contains("... and more; the whole stands in the release's report")
                .contains("*Asked:* release-manager", "[Approve] [Reject] [Roll back]");
    }

    final AnnounceActions announce() {
        return announce;
    }

    final SlackActions actions() {
        return actions;
    }

    final StepRef step() {
        return step;
    }

    final NotifyInput input(String channel) {
        return new NotifyInput(channel, "v2.0 is live on two nodes", null, null);
    }

    final Announcement announcement(String key, Posted thread, Question question, String settled) {
        return new Announcement(
                key,
                channel(),
                thread,
                "Bridge v2.0",
                List.of("to production"),
                Announcement.Tone.NEUTRAL,
                question,
                "release/bridge/production",
                settled,
                List.of());
    }

    final Question question(List<String> details) {
        return new Question(
                "go",
                Question.Kind.GATE,
                "Deploy the first node?",
                details,
                "sha256:d",
                List.of(Verb.APPROVE, Verb.REJECT, Verb.ROLLBACK),
                List.of("release-manager"),
                Instant.parse("2026-11-21T10:00:00Z"),
                Instant.parse("2026-11-21T11:00:00Z"),
                "the release is aborted",
                List.of());
    }

    static void assertFailure(Throwable failure, String type, String words) {
        assertThat(failure).isInstanceOfSatisfying(ApplicationFailure.class, found -> {
            assertThat(found.getType()).isEqualTo(type);
            assertThat(found.getOriginalMessage()).contains(words);
        });
    }

    private ActionContext contextWith(SlackConnection connection) {
        return ActionContext.of(new Connections("production", Map.of("slack", connection), Map.of()), clock);
    }
}
