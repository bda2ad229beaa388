package io.longwatch.worker.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.activities.announce.Answer;
import io.longwatch.contract.Json;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Verb;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentMatchers;

@Timeout(180)
class SlackReceiverTest {
    private static final String SIGNING_SECRET = "signing-secret-of-the-test";
    private static final int SECONDS = 20;

    @TempDir
    private Path folder;

    private final WorkflowClient client = mock(WorkflowClient.class);
    private final WorkflowStub release = mock(WorkflowStub.class);
    private FakeSlack slack;
    private HttpServer web;
    private SlackReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        slack = new FakeSlack();
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        when(client.newUntypedWorkflowStub(anyString())).thenReturn(release);
    }

    @AfterEach
    void stop() {
        receiver.close();
        web.stop(0);
        slack.close();
    }

    @Test
    void aSignedPressIsAcknowledgedAndDelivered() throws Exception {
        // Given
        receive("signingSecret", SIGNING_SECRET);

        // When
        int status = post(SIGNING_SECRET);

        // Then
        assertThat(status).isEqualTo(200);
        verify(release, timeout(SECONDS * 1000))
                .startUpdate(ArgumentMatchers.<UpdateOptions<DecisionOutcome>>any(), any());
    }

    @Test
    void aSlackThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        // Given
        slack.refuse("auth.test", "service_unavailable");
        receive("signingSecret", SIGNING_SECRET);

        // When
        int status = post(SIGNING_SECRET);

        // Then
        assertThat(status).isEqualTo(200);
        verify(release, timeout(SECONDS * 1000))
                .startUpdate(ArgumentMatchers.<UpdateOptions<DecisionOutcome>>any(), any());
    }

    @Test
    void aTokenThatSlackRefusesIsSaidAtTheStart() {
        // Given
        slack.refuse("auth.test", "invalid_auth");

        // Then
        assertThatThrownBy(() -> receive("signingSecret", SIGNING_SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("slack: botToken: ", "invalid_auth");
    }

    @Test
    void aPressThatSomeoneElseSignedIsTurnedAway() throws Exception {
        // Given
        receive("signingSecret", SIGNING_SECRET);

        // When
        int status = post("another secret");

        // Then
        assertThat(status).isEqualTo(401);
        verifyNoInteractions(release);
    }

    @Test
    void aPressThatComesWhileTheWorkerStopsIsNotAcknowledged() throws Exception {
        // Given
        receive("signingSecret", SIGNING_SECRET);
        receiver.close();

        // When
        int status = post(SIGNING_SECRET);

        // Then
        assertThat(status).isEqualTo(503);
        verifyNoInteractions(release);
    }

    @Test
    void aPressThatComesBySocketIsAcknowledgedByItsEnvelope() throws Exception {
        // Given
        try (Socket socket = new Socket()) {
            slack.socket(socket.url());
            receive("appToken", "xapp-test");
            WebSocket app = socket.connected();

            // When
            ObjectNode envelope = Json.mapper().createObjectNode();
            envelope.put("type", "interactive").put("envelope_id", "e1").set("payload", payload());
            app.send(envelope.toString());

            // Then
            assertThat(socket.received()).contains("\"envelope_id\":\"e1\"");
            verify(release, timeout(SECONDS * 1000))
                    .startUpdate(ArgumentMatchers.<UpdateOptions<DecisionOutcome>>any(), any());
        }
    }

    @Test
    void aSlackThatIsAwayKeepsNothingFromStartingAndIsFoundOnceItIsBack() throws Exception {
        // Given
        try (Socket socket = new Socket()) {
            slack.socket(socket.url());
            slack.refuse("apps.connections.open", "internal_error");

            // When
            receive("appToken", "xapp-test");

            // Then
            assertThat(receiver.problem())
                    .hasValueSatisfying(words -> assertThat(words).contains("Slack's socket is not connected"));
            slack.answerAgain("apps.connections.open");
            await().atMost(Duration.ofSeconds(SECONDS))
                    .untilAsserted(() -> assertThat(receiver.problem()).isEmpty());
        }
    }

    private void receive(String way, String secret) throws Exception {
        WorkerConfig config = WorkerConfigFile.parse(
                """
                environments: {production: {}}
                slack: {botToken: {file: '%s'}, %s: {file: '%s'}, baseUrl: '%s'}
                """.formatted(
                                Files.writeString(folder.resolve("bot"), "xoxb-test"),
                                way,
                                Files.writeString(folder.resolve("secret"), secret),
                                slack.baseUrl()),
                "worker.yaml");
        receiver = new SlackReceiver(config, client, Clock.systemUTC());
        web.createContext(SlackReceiver.PATH, receiver::handle);
        receiver.requireToken();
        receiver.start();
    }

    private int post(String secret) throws Exception {
        String body = "payload=" + URLEncoder.encode(payload().toString(), UTF_8);
        String timestamp = Long.toString(Clock.systemUTC().instant().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + web.getAddress().getPort() + SlackReceiver.PATH))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", "v0=" + HexFormat.of().formatHex(hash))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static ObjectNode payload() {
        Answer answer =
                new Answer("bridge-production-20261121-1", "release/bridge/production", "go", "sha256:d", Verb.APPROVE);
        ObjectNode payload = Json.mapper().createObjectNode();
        payload.put("type", "block_actions")
                .put("api_app_id", "A0")
                .put("token", "t")
                .put("trigger_id", "trigger");
        payload.putObject("team").put("id", "T0").put("domain", "test");
        payload.putObject("user").put("id", "U123").put("username", "ada").put("team_id", "T0");
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", "1699.9")
                .put("channel_id", "C1");
        payload.putObject("channel").put("id", "C1").put("name", "bridge");
        payload.putArray("actions")
                .addObject()
                .put("type", "button")
                .put("action_id", answer.actionId())
                .put("block_id", "b")
                .put("value", answer.toValue())
                .put("action_ts", "1700.1");
        return payload;
    }

    /** The far end of Socket Mode. */
    private static final class Socket extends WebSocketServer implements AutoCloseable {
        private final BlockingQueue<WebSocket> apps = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> started = new LinkedBlockingQueue<>();

        Socket() throws InterruptedException {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setReuseAddr(true);
            setDaemon(true);
            start();
            assertThat(started.poll(SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        String url() {
            return "ws://127.0.0.1:" + getPort() + "/link";
        }

        WebSocket connected() throws InterruptedException {
            WebSocket app = apps.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(app).isNotNull();
            return app;
        }

        String received() throws InterruptedException {
            return String.valueOf(messages.poll(SECONDS, TimeUnit.SECONDS));
        }

        @Override
        public void onStart() {
            started.add(true);
        }

        @Override
        public void onOpen(WebSocket app, ClientHandshake handshake) {
            app.send("{\"type\":\"hello\",\"num_connections\":1}");
            apps.add(app);
        }

        @Override
        public void onMessage(WebSocket app, String message) {
            messages.add(message);
        }

        @Override
        public void onClose(WebSocket app, int code, String reason, boolean remote) {
            apps.remove(app);
        }

        @Override
        public void onError(@Nullable WebSocket app, Exception e) {
            // A connection that breaks is closed by the library; onClose follows.
        }

        @Override
        public void close() {
            try {
                stop(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
