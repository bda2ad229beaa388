package io.longwatch.worker.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.slack.api.model.view.ViewState;
import io.longwatch.activities.announce.Answer;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.slack.SlackApi;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.contract.Failures;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Verb;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;
import org.slf4j.LoggerFactory;

@Timeout(180)
class DeskTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final WorkflowClient client = mock(WorkflowClient.class);
    private final WorkflowStub release = mock(WorkflowStub.class);

    @SuppressWarnings("unchecked")
    private final WorkflowUpdateHandle<DecisionOutcome> update = mock(WorkflowUpdateHandle.class);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private FakeSlack slack;
    private SlackApi api;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void startSlack() throws Exception {
        slack = new FakeSlack();
        Path token = Files.writeString(folder.resolve("token"), "xoxb-test");
        api = new SlackApi(new SlackConnection(Secret.ofFile(token), slack.baseUrl(), null));
        when(client.newUntypedWorkflowStub("release/bridge/production")).thenReturn(release);
        when(release.startUpdate(any(UpdateOptions.class), any())).thenReturn(update);
    }

    @AfterEach
    void stop() {
        answers.countDown();
        slack.close();
    }

    @Test
    void whatWasAcknowledgedReachesItsReleaseThoughTheWorkerStops() throws Exception {
        // Given
        releaseDoesNotAnswer();
        Desk desk = desk(SHORT);
        desk.pressed(press(Verb.ROLLBACK), "1700.1", "trigger");
        asked.await();

        // When
        desk.close();

        // Then
        ArgumentCaptor<Decision> sent = ArgumentCaptor.forClass(Decision.class);
        verify(release).signal(eq("decided"), sent.capture());
        assertThat(sent.getValue().verb()).isEqualTo(Verb.ROLLBACK);
    }

    @Test
    void aDeliveryThatEndsInTimeIsWaitedForWhenTheWorkerStops() throws Exception {
        // Given
        when(update.getResult()).thenAnswer(call -> {
            asked.countDown();
            answers.await();
            return outcome(false, "it is not yours to decide");
        });
        Desk desk = desk(LONG);
        desk.pressed(press(Verb.APPROVE), "1700.1", "trigger");
        asked.await();

        // When
        Thread stopping = new Thread(desk::close, "stopping");
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        answers.countDown();
        stopping.join();

        // Then
        assertThat(slack.calls("chat.postEphemeral"))
                .singleElement()
                .satisfies(call -> assertThat(call.arguments())
                        .containsEntry("text", "Your approve does not count: it is not yours to decide"));
        verify(release, never()).signal(anyString(), any());
    }

    @Test
    void aDeskThatIsClosedTakesNothingThatItCouldNotDeliver() {
        // Given
        Desk desk = desk(SHORT);
        desk.close();

        // When / Then
        assertThatThrownBy(() -> desk.pressed(press(Verb.APPROVE), "1700.1", "trigger"))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void whoPressedIsToldThatTheDialogDidNotOpen() {
        // Given
        slack.refuse("views.open", "expired_trigger_id");

        // When
        try (Desk desk = desk(LONG)) {
            desk.pressed(press(Verb.REJECT), "1700.1", "trigger");
        }

        // Then
        assertThat(slack.calls("chat.postEphemeral"))
                .singleElement()
                .satisfies(call -> assertThat(call.arguments().get("text"))
                        .startsWith("Your reject was not sent: ")
                        .contains("expired_trigger_id")
                        .endsWith("; press again"));
    }

    @Test
    void whatCannotBeToldIsLogged() {
        // Given
        slack.refuse("views.open", "expired_trigger_id");
        slack.refuse("chat.postEphemeral", "user_not_in_channel");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Desk.class);
        logger.addAppender(logged);

        // When
        try (Desk desk = desk(LONG)) {
            desk.pressed(press(Verb.REJECT), "1700.1", "trigger");
        } finally {
            logger.detachAppender(logged);
        }

        // Then
        assertThat(logged.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("an answer from Slack could not be dealt with", "a person in Slack could not be told");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aDialogThatWasRefusedIsJudgedAnewOnceItIsCorrected() {
        // Given
        when(update.getResult()).thenAnswer(call -> {
            throw Failures.terminal(Failures.DECISION_REFUSED, "'30 min' is not a duration", null);
        });

        // When
        try (Desk desk = desk(LONG)) {
            desk.explained(press(Verb.EXTEND), "V1", written("30 min"));
            desk.explained(press(Verb.EXTEND), "V2", written("30m"));
        }

        // Then
        ArgumentCaptor<UpdateOptions<DecisionOutcome>> sent = ArgumentCaptor.forClass(UpdateOptions.class);
        ArgumentCaptor<Decision> decisions = ArgumentCaptor.forClass(Decision.class);
        verify(release, org.mockito.Mockito.times(2)).startUpdate(sent.capture(), decisions.capture());
        assertThat(decisions.getAllValues()).extracting(Decision::argument).containsExactlyInAnyOrder("30 min", "30m");
        assertThat(sent.getAllValues()).extracting(UpdateOptions::getUpdateId).doesNotHaveDuplicates();
        assertThat(slack.calls("chat.postEphemeral")).hasSize(2);
    }

    private void releaseDoesNotAnswer() {
        when(update.getResult()).thenAnswer(call -> {
            asked.countDown();
            answers.await();
            throw new IllegalStateException("too late");
        });
    }

    private Desk desk(Duration toDeliver) {
        return new Desk(api, null, new Courier(client, LONG, LONG), Clock.systemUTC(), toDeliver);
    }

    private static DecisionOutcome outcome(boolean accepted, String words) {
        return new DecisionOutcome("slack-1", accepted, words, Instant.EPOCH);
    }

    private static Press press(Verb verb) {
        Answer answer = new Answer("bridge-production-20261121-1", "release/bridge/production", "go", "sha256:d", verb);
        return new Press(answer, "U123", "C1", "1699.9", null);
    }

    private static ViewState written(String words) {
        ViewState.Value value = new ViewState.Value();
        value.setValue(words);
        ViewState state = new ViewState();
        state.setValues(Map.of("words", Map.of("words", Objects.requireNonNull(value))));
        return state;
    }
}
