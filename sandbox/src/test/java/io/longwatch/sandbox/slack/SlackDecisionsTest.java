package io.longwatch.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.longwatch.activities.announce.AnnounceActions;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.announce.Announcement;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A press in Slack on its way to a release that runs, and the answer back. */
class SlackDecisionsTest {
    private static final String RELEASE = "bridge-production-20261121-1";
    private static final String WORKFLOW = "release/bridge/production";
    private static final StepRef STEP = new StepRef(RELEASE, "production", "go");
    private static final String ADA = "U123";
    private static final String BOB = "U456";

    @TempDir
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Metrics metrics = new Metrics();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .build());
    private final WorkflowClient client = temporal.getWorkflowClient();
    private SlackStandIn slack;
    private LongwatchWorker worker;
    private AnnounceActions announce;

    @BeforeEach
    void startSlack() throws Exception {
        slack = SlackStandIn.start(clock);
        slack.channel("bridge");
        var options = WorkflowOptions.newBuilder()
                .setWorkflowId(WORKFLOW)
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .build();
        WorkflowClient.start(client.newWorkflowStub(Release.class, options)::run);
    }

    @AfterEach
    void stop() {
        if (worker != null) {
            worker.close();
        }
        slack.close();
        temporal.close();
        metrics.close();
    }

    @ParameterizedTest
    @CsvSource({"signingSecret", "appToken"})
    void aPressCountsForThePersonWhoMadeItWhicheverWayItComes(String way) throws Exception {
        // Given
        startWorker(way);
        Shown card = card(Verb.APPROVE, Verb.REJECT);

        // When
        int acknowledged = slack.click(ADA, card, "longwatch.answer.approve");

        // Then
        assertThat(acknowledged).isEqualTo(200);
        assertThat(awaitCounted(1))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("update", "approve", "go", "sha256:d", "Ada Lovelace"));
        assertThat(slack.toldTo(ADA)).isEmpty();
    }

    @Test
    void aDoubleClickCountsOnce() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE);
        slack.click(ADA, card, "longwatch.answer.approve");
        awaitCounted(1);

        // When
        slack.click(ADA, card, "longwatch.answer.approve");
        slack.click(BOB, card, "longwatch.answer.approve");

        // Then
        await().until(() -> !slack.toldTo(BOB).isEmpty());
        assertThat(counted()).hasSize(1);
    }

    @Test
    void aRefusedPressIsAnsweredToThatPersonAlone() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE);

        // When
        slack.click(BOB, card, "longwatch.answer.approve");

        // Then
        await().until(() -> !slack.toldTo(BOB).isEmpty());
        assertThat(slack.toldTo(BOB))
                .containsExactly("Your approve does not count: Bob may not approve; it needs a release-manager");
        assertThat(counted()).isEmpty();
    }

    @Test
    void anUnknownPersonIsToldThatTheyAreUnknown() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE);

        // When
        slack.click("U999", card, "longwatch.answer.approve");

        // Then
        await().until(() -> !slack.toldTo("U999").isEmpty());
        assertThat(slack.toldTo("U999").get(0)).contains("nobody known here is 'U999' on slack");
    }

    @Test
    void aRejectionAsksWhyAndCarriesTheReason() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE, Verb.REJECT);
        slack.click(ADA, card, "longwatch.answer.reject");
        await().until(() -> slack.dialogOf(ADA).isPresent());

        // When
        slack.submit(ADA, "p99 is not what it was");

        // Then
        assertThat(awaitCounted(1).get(0)).contains("reject", "p99 is not what it was", "Ada Lovelace");
        assertThat(slack.dialogOf(ADA)).isEmpty();
    }

    @Test
    void whatTheUpdateCannotBringComesAsASignal() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.RETRY);

        // When
        slack.click(ADA, card, "longwatch.answer.retry");

        // Then
        assertThat(awaitCounted(1).get(0)).contains("signal", "retry");
        await().until(() -> !slack.toldTo(ADA).isEmpty());
        assertThat(slack.toldTo(ADA).get(0)).contains("was received");
    }

    @Test
    void aPressForAReleaseThatEndedSaysSo() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE);
        client.newUntypedWorkflowStub(WORKFLOW).terminate("over");

        // When
        slack.click(ADA, card, "longwatch.answer.approve");

        // Then
        await().until(() -> !slack.toldTo(ADA).isEmpty());
        assertThat(slack.toldTo(ADA).get(0)).contains("did not arrive", "does not run any more");
    }

    @ParameterizedTest
    @CsvSource({"v0=00, 0", "'', 0", "v0=00, -600"})
    void aRequestThatSlackDidNotSignIsTurnedAway(String signature, long age) throws Exception {
        // Given
        startWorker("signingSecret");
        card(Verb.APPROVE);
        String timestamp = Long.toString(System.currentTimeMillis() / 1000 + age);

        // When
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(receiver())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Slack-Request-Timestamp", timestamp)
                                .header("X-Slack-Signature", signature)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(counted()).isEmpty();
    }

    @Test
    void garbageIsTurnedAway() throws Exception {
        // Given
        startWorker("signingSecret");

        // When
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(receiver())
                                .POST(HttpRequest.BodyPublishers.ofString("payload=%7B"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isBetween(400, 499);
    }

    @Test
    void bySocketNothingIsServedOverHttp() throws Exception {
        // Given
        startWorker("appToken");

        // When
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(receiver())
                                .POST(HttpRequest.BodyPublishers.ofString("payload=%7B%7D"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void aButtonThatIsNoLongerThereCannotBePressed() throws Exception {
        // Given
        startWorker("signingSecret");
        Shown card = card(Verb.APPROVE);

        // When / Then
        assertThatThrownBy(() -> slack.click(ADA, card, "longwatch.answer.skip"))
                .hasMessageContaining("has no button longwatch.answer.skip");
    }

    private void startWorker(String way) throws Exception {
        String secret = way.equals("appToken") ? slack.appToken() : slack.signingSecret();
        String yaml = """
            listen: {port: 0}
            environments: {production: {}}
            people:
              - {name: Ada Lovelace, id: ada, roles: [release-manager], slack: U123}
              - {name: Bob, id: bob, roles: [on-call], slack: U456}
            proofs: {key: {file: '%s'}}
            slack: {botToken: {file: '%s'}, %s: {file: '%s'}, baseUrl: '%s'}
            """.formatted(
                        secret("key", "k".repeat(32)),
                        secret("bot", slack.botToken()),
                        way,
                        secret("receiver", secret),
                        slack.baseUrl());
        WorkerConfig config = WorkerConfigFile.parse(yaml, "worker.yaml");
        var parts = new LongwatchWorker.Parts(List.of(TinyRelease.class), context -> List.of());
        worker = new LongwatchWorker(config, client, metrics, parts, clock);
        worker.start();
        slack.receiver(receiver());
        if (way.equals("appToken")) {
            // A worker starts without its socket, and opens it as soon as it can.
            await().until(slack::isConnected);
        }
        announce = new AnnounceActions(ActionContext.of(config.connections().get(0), clock), config.directory());
    }

    private URI receiver() {
        return URI.create("http://127.0.0.1:" + worker.address().getPort() + "/slack/events");
    }

    private Path secret(String name, String value) throws Exception {
        return Files.writeString(folder.resolve(name), value);
    }

    private Shown card(Verb... verbs) {
        var question = new Question(
                "go",
                Question.Kind.GATE,
                "Deploy the first node?",
                List.of(),
                "sha256:d",
                List.of(verbs),
                List.of("release-manager"),
                Instant.now(),
                null,
                "the release is aborted",
                List.of());
        var posted = announce.post(
                STEP,
                new Announcement(
                        "question/go/1",
                        "#bridge",
                        null,
                        "Deploy the first node?",
                        List.of(),
                        Announcement.Tone.ATTENTION,
                        question,
                        WORKFLOW,
                        null,
                        List.of()));
        return slack.messages().stream()
                .filter(message -> message.id().equals(posted.message()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> counted() {
        return client.newWorkflowStub(Release.class, WORKFLOW).counted();
    }

    private List<String> awaitCounted(int number) {
        await().atMost(Duration.ofMinutes(1)).until(() -> counted().size() >= number);
        return counted();
    }

    /** As much of a release as a decision needs. */
    @WorkflowInterface
    public interface Release {
        @WorkflowMethod
        void run();

        @UpdateMethod(name = "decide")
        DecisionOutcome decide(Decision decision);

        @SignalMethod(name = "decided")
        void decided(Decision decision);

        @QueryMethod
        List<String> counted();
    }

    public static final class TinyRelease implements Release {
        private final List<String> counted = new ArrayList<>();
        private final DecisionActivities decisions = Workflow.newActivityStub(
                DecisionActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(ReleaseWorkflow.queueOf("production"))
                        .setStartToCloseTimeout(Duration.ofSeconds(10))
                        .build());

        @Override
        public void run() {
            Workflow.await(() -> false);
        }

        @Override
        public DecisionOutcome decide(Decision decision) {
            if (decision.verb() == Verb.RETRY) {
                throw ApplicationFailure.newFailure("not now", "Busy");
            }
            Judgement judgement = decisions.judge(STEP, decision);
            if (judgement.refusal() != null) {
                throw Failures.terminal(Failures.DECISION_REFUSED, judgement.refusal(), null);
            }
            boolean may = judgement.mayAct(List.of("release-manager"));
            if (may) {
                count("update", decision, judgement.person());
            }
            String words = may
                    ? "it counts"
                    : judgement.person() + " may not " + decision.verb().word() + "; it needs a release-manager";
            return new DecisionOutcome(decision.id(), may, words, Instant.ofEpochMilli(Workflow.currentTimeMillis()));
        }

        @Override
        public void decided(Decision decision) {
            count("signal", decision, decision.who());
        }

        private void count(String way, Decision decision, String person) {
            counted.add(String.join(
                    " ",
                    way,
                    decision.verb().word(),
                    decision.subject(),
                    decision.digest(),
                    person,
                    String.valueOf(decision.reason())));
        }

        @Override
        public List<String> counted() {
            return counted;
        }
    }
}
