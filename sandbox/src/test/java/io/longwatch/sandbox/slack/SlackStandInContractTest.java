package io.longwatch.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.slack.NotifyBefore;
import io.longwatch.activities.announce.AnnounceActions;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on the stand-in, and what only a stand-in can be told to do. */
class SlackStandInContractTest extends SlackContract {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    private static SlackStandIn slack;

    @BeforeAll
    static void start() throws Exception {
        slack = SlackStandIn.start(CLOCK);
        slack.channel("biometric-bridge");
        slack.foreignChannel("elsewhere");
        slack.archivedChannel("closed");
    }

    @AfterAll
    static void stop() {
        slack.close();
    }

    @Override
    SlackConnection connection(Path secrets) throws Exception {
        var token = Files.writeString(secrets.resolve("bot-token"), slack.botToken());
        return new SlackConnection(Secret.ofFile(token), slack.baseUrl(), Duration.ofSeconds(5));
    }

    @Override
    String channel() {
        return "#biometric-bridge";
    }

    @Override
    String foreignChannel() {
        return "#elsewhere";
    }

    @Override
    String read(String message) {
        return slack.messages().stream()
                .filter(shown -> shown.id().equals(message))
                .findFirst()
                .orElseThrow()
                .asText();
    }

    @Override
    Clock clock() {
        return CLOCK;
    }

    @Test
    void aRateLimitIsWaitedForAsLongAsSlackSays() {
        // Given
        slack.limitNext("conversations.history", Duration.ofSeconds(17));

        // When / Then
        assertThatThrownBy(() -> actions().notifyBefore(step(), input(channel())))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.PENDING);
                    assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(17));
                });
    }

    @Test
    void aMessageWhoseAnswerWasLostIsNotPostedAgain() {
        // Given
        NotifyBefore before = actions().notifyBefore(step(), input(channel()));
        slack.loseNextAnswer("chat.postMessage");
        assertThatThrownBy(() -> actions().notify(step(), input(channel()), before))
                .satisfies(failure -> assertFailure(failure, Failures.UNAVAILABLE, "500"));

        // When
        var second = actions().notify(step(), input(channel()), before);

        // Then
        assertThat(second.alreadyThere()).isTrue();
        assertThat(slack.messages().stream()
                        .filter(message -> message.metadata().toString().contains(step().key())))
                .hasSize(1);
    }

    @Test
    void anArchivedChannelIsRefused() {
        // Given
        NotifyBefore before = actions().notifyBefore(step(), input("#closed"));

        // When / Then
        assertThatThrownBy(() -> actions().notify(step(), input("#closed"), before))
                .satisfies(failure -> assertFailure(failure, Failures.REFUSED, "is_archived"));
    }

    @Test
    void aCardReadsAsItShouldAndLosesItsButtonsWhenSettled() {
        // Given
        var card = announce().post(step(), announcement("question/go/1", null, question(List.of("all well")), null));
        String open = read(card.message());

        // When
        announce()
                .update(
                        step(),
                        card,
                        announcement("question/go/1", null, question(List.of("all well")), "Approved by Ada Lovelace"));

        // Then
        assertThat(open)
                .contains("# Bridge v2.0", "all well", "*Asked:* release-manager", "Until 2026-11-21 11:00 UTC")
                .contains("[Approve] [Reject] [Roll back]");
        assertThat(read(card.message())).contains("Approved by Ada Lovelace").doesNotContain("[Approve]");
    }

    @Test
    void withoutAConnectionToSlackNobodyIsTold() {
        // Given
        var alone = new AnnounceActions(
                ActionContext.of(new Connections("production", Map.of(), Map.of()), CLOCK), People.none());

        // When
        var posted = alone.post(step(), announcement("release", null, null, null));

        // Then
        assertThat(posted).isNull();
    }
}
