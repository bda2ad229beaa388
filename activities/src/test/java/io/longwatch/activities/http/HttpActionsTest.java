package io.longwatch.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.actions.http.CaseResult;
import io.longwatch.actions.http.HttpActivities;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.actions.http.HttpVia;
import io.longwatch.actions.http.RequestInput;
import io.longwatch.actions.http.SendInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.Echo.Received;
import io.longwatch.activities.http.Echo.Reply;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "webhooks");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    private static final ObjectMapper YAML = JsonMapper.builder(new YAMLFactory())
            .findAndAddModules()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String TOKEN = "s3cr3t-t0ken";

    @TempDir
    Path folder;

    private Echo echo;

    @BeforeEach
    void start() throws IOException {
        echo = new Echo();
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
    }

    @AfterEach
    void stop() {
        echo.close();
    }

    @Test
    void aHealthyAnswerPassesWithItsOutputs() {
        // Given
        echo.answer(request -> new Reply(
                200, "{\"status\": \"healthy\", \"workers\": 4, \"ok\": true}", Map.of("X-Version", "2.1.0")));

        // When
        var result = actions().request(STEP, request("""
            {url: '%s/health', expectJson: {/status: healthy, /workers: 4.0},
             outputs: {workers: /workers, version: 'header:X-Version', ok: /ok}}\
            """.formatted(echo.uri())));

        // Then
        assertThat(result.status()).isEqualTo(200);
        assertThat(result.passed()).isEqualTo(1);
        assertThat(result.failed()).isZero();
        assertThat(result.outputs()).isEqualTo(Map.of("workers", 4L, "version", "2.1.0", "ok", true));
        assertThat(result.summary()).matches("200 in \\d+ ms");
    }

    @Test
    void everyCaseThatIsNotAsExpectedIsNamed() {
        // Given
        echo.answer(request -> new Reply(request.path().equals("/open") ? 200 : 401, "{\"role\": \"none\"}"));

        // When
        var failure = failure(() -> actions().request(STEP, request("""
            {connection: bridge, cases: [
              {name: open, url: /open},
              {name: closed, url: /closed, expectStatus: [401]},
              {name: wrong, url: /closed, expectStatus: [403], expectJson: {/role: admin}}]}\
            """)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.EXPECTATION);
        assertThat(failure.getOriginalMessage())
                .isEqualTo("not as expected: wrong: status 401, expected 403; /role is \"none\", expected \"admin\"");
    }

    @Test
    void theJudgementCanBeLeftToThePlan() {
        // Given
        echo.answer(request -> new Reply(500, "oops"));

        // When
        var result = actions().request(STEP, request("{connection: bridge, url: /health, failOnUnexpected: false}"));

        // Then
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.cases())
                .singleElement()
                .extracting(CaseResult::problem)
                .isEqualTo("status 500, expected 2xx");
    }

    @Test
    void whatIsNotReadyYetIsAskedAgain() {
        // Given
        echo.answer(request -> new Reply(503, "starting"));

        // When
        var failure = failure(
                () -> actions().request(STEP, request("{connection: bridge, url: /ready, retryUntilExpected: true}")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.PENDING);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("status 503, expected 2xx");
    }

    @Test
    void whoAsksOnceDoesNotWaitForTheExpectedAnswer() {
        // Given
        echo.answer(request -> new Reply(503, ""));
        Heartbeats look = new Heartbeats();
        look.once = true;

        // When
        var failure = failure(() -> actions(TunnelOpener.none(), look)
                .request(STEP, request("{connection: bridge, url: /ready, retryUntilExpected: true}")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.EXPECTATION);
    }

    @Test
    void anOutputThatIsNotThereIsAProblem() {
        // When
        var failure =
                failure(() -> actions().request(STEP, request("{connection: bridge, url: /, outputs: {id: /id}}")));

        // Then
        assertThat(failure.getOriginalMessage()).contains("output 'id' is not at /id");
    }

    @Test
    void aPostIsToldWhereItBelongs() {
        // When / Then
        assertThatThrownBy(() -> request("{url: 'https://api.auren.health/', method: POST}"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("method 'POST'")
                .hasMessageContaining("http.send");
    }

    @Test
    void nothingListeningIsUnavailableAndShowsNoValueOfTheQuery() throws IOException {
        // Given
        URI gone = URI.create("http://127.0.0.1:" + FreePort.find());

        // When
        var failure = failure(() -> actions().request(STEP, RequestInput.get(gone + "/health?token=" + TOKEN)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage())
                .isEqualTo("GET " + gone + "/health?token=…: cannot connect, nothing listens there");
    }

    @Test
    void anAnswerThatTakesTooLongIsUnavailable() {
        // Given
        echo.answer(request -> {
            pause(Duration.ofSeconds(2));
            return new Reply(200, "late");
        });

        // When
        var failure = failure(() -> actions().request(STEP, request("{connection: bridge, url: /, timeout: PT0.5S}")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage()).endsWith("no answer within 500 ms");
    }

    @Test
    void noMoreThanAMebibyteOfABodyIsRead() {
        // Given
        echo.answer(request -> new Reply(200, "x".repeat(3 << 20)));

        // When
        var result = actions().request(STEP, RequestInput.get(echo.uri() + "/"));

        // Then
        assertThat(result.status()).isEqualTo(200);
    }

    @Test
    void redirectsAreNotFollowedUnlessAskedFor() {
        // Given
        echo.answer(request ->
                request.path().equals("/new") ? new Reply(200, "{}") : new Reply(302, "", Map.of("Location", "/new")));

        // When
        var staying = actions().request(STEP, request("{connection: bridge, url: /old, expectStatus: [302]}"));
        var following = actions().request(STEP, request("{connection: bridge, url: /old, followRedirects: true}"));

        // Then
        assertThat(staying.status()).isEqualTo(302);
        assertThat(following.status()).isEqualTo(200);
    }

    @Test
    void aRedirectToAnotherHostDoesNotCarryTheCredentials() throws IOException {
        // Given
        try (Echo elsewhere = new Echo()) {
            echo.answer(request -> new Reply(302, "", Map.of("Location", elsewhere.uri() + "/")));

            // When
            actions().request(STEP, request("{connection: bridge, url: /, followRedirects: true}"));

            // Then
            assertThat(echo.received())
                    .first()
                    .extracting(HttpActionsTest::authorization)
                    .isEqualTo("Bearer " + TOKEN);
            assertThat(elsewhere.received())
                    .singleElement()
                    .extracting(HttpActionsTest::authorization)
                    .isNull();
        }
    }

    @Test
    void theConnectionsTokenGoesNowhereElse() {
        // When
        var failure = failure(
                () -> actions().request(STEP, request("{connection: bridge, url: 'http://127.0.0.2:1/steal'}")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("not below the connection's");
    }

    @Test
    void aCharacterThatNoAddressHasIsNamedWithWhatToWriteInItsPlace() {
        // When
        var path = failure(() -> actions().request(STEP, request("{connection: bridge, url: '/daily report'}")));
        var query = failure(() -> actions().sendBefore(STEP, sendInput("{connection: bridge, url: '/a?t=s3cr3t|b'}")));

        // Then
        assertThat(path.getType()).isEqualTo(Failures.INVALID);
        assertThat(path.getOriginalMessage())
                .isEqualTo("url has ' ' after '/daily', which no address may have there; write %20");
        assertThat(query.getType()).isEqualTo(Failures.INVALID);
        assertThat(query.getOriginalMessage())
                .isEqualTo("url has '|' after '/a?…', which no address may have there; write %7C");
    }

    @Test
    void anEchoedSecretIsHidden() {
        // Given
        echo.answer(request -> new Reply(200, "{\"you\": \"" + authorization(request) + "\"}"));

        // When
        var result = actions().request(STEP, request("{connection: bridge, url: /, outputs: {you: /you}}"));

        // Then
        assertThat(result.outputs()).containsEntry("you", "Bearer [secret]");
    }

    @Test
    void aLongSecretThatIsEchoedIsHiddenBeforeItIsCut() throws IOException {
        // Given
        Files.writeString(folder.resolve("token"), "kk\"".repeat(100));
        echo.answer(request -> new Reply(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("you", authorization(request))
                        .toString(),
                Map.of("X-You", authorization(request))));

        // When
        var result = actions().request(STEP, request("""
            {connection: bridge, failOnUnexpected: false, outputs: {json: /you, header: 'header:X-You'}, cases: [
              {name: header, url: /, expectHeaders: {X-You: nobody}},
              {name: json, url: /, expectJson: {/you: nobody}}]}\
            """));

        // Then
        assertThat(result.cases())
                .extracting(CaseResult::problem)
                .containsExactly(
                        "header X-You is Bearer [secret], expected nobody",
                        "/you is \"Bearer [secret]\", expected \"nobody\"");
        assertThat(result.toString()).contains("Bearer [secret]").doesNotContain("kk");
    }

    @Test
    void aTunnelIsClosedAfterUse() {
        // Given
        List<String> events = new ArrayList<>();
        TunnelOpener opener = via -> new Tunnel() {
            @Override
            public int localPort() {
                events.add("open " + via.target());
                return echo.uri().getPort();
            }

            @Override
            public void close() {
                events.add("closed");
            }
        };

        // When
        actions(opener)
                .request(STEP, request("{url: /health, via: {target: deployment/biometric-bridge, port: 8000}}"));

        // Then
        assertThat(events).containsExactly("open deployment/biometric-bridge", "closed");
        assertThat(echo.received()).extracting(Received::path).containsExactly("/health");
    }

    @Test
    void aWorkerWithoutClustersSaysSo() {
        // When / Then
        assertThatThrownBy(() -> TunnelOpener.none().open(new HttpVia(null, null, "pod/a", 80)))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.isNonRetryable()).isTrue());
    }

    @Test
    void aSignedBodyIsWhatTheReceiverComputes() {
        // When
        send(actions(), """
            {connection: bridge, url: /webhooks/oura, body: '{"a":1}', auth: {none: true},
             signature: {header: X-Oura-Signature, secret: KEY, prefix: 'sha256='}}\
            """);

        // Then: echo -n '{"a":1}' | openssl dgst -sha256 -hmac s3cr3t-t0ken
        assertThat(echo.received().get(0).headers())
                .containsEntry(
                        "X-Oura-Signature", "sha256=93dd09eff1230b21faeea4c0d4637b303acfeb4dff22694637b359ac27a84a75");
    }

    @Test
    void aTimestampedSignatureCoversTheTimestamp() {
        // When
        send(actions(), """
            {connection: bridge, url: /webhooks/whoop, body: '{"a":1}',
             signature: {header: X-Sig, secret: KEY, encoding: base64, of: timestamp.body, timestampHeader: X-Time}}\
            """);

        // Then: echo -n '1700000000.{"a":1}' | openssl dgst -sha256 -hmac s3cr3t-t0ken -binary | base64
        assertThat(echo.received().get(0).headers())
                .containsEntry("X-Time", "1700000000")
                .containsEntry("X-Sig", "3zyRfXFOxW0fm1cLlzPkGkFgqViBmz7o38LTxuSn6r4=");
    }

    @Test
    void whatIsSentIsRecordedBeforeWithoutSecrets() {
        // Given
        SendInput input = sendInput("""
            {connection: bridge, cases: [
              {name: oura, url: '/webhooks/oura?user=7', json: {user_id: test_prod_001}},
              {name: whoop, url: /webhooks/whoop, auth: {bearer: KEY}, json: {user_id: test_prod_002}}]}\
            """);

        // When
        var before = actions().sendBefore(STEP, input);

        // Then
        assertThat(before.requests())
                .containsExactly(
                        "oura: POST " + echo.uri() + "/webhooks/oura?user=…",
                        "whoop: POST " + echo.uri() + "/webhooks/whoop");
        assertThat(before.digest()).startsWith("sha256:").hasSize(71);
        assertThat(echo.received()).isEmpty();
    }

    @Test
    void anUnknownSecretIsFoundBeforeAnythingIsSent() {
        // When
        var failure = failure(
                () -> actions().sendBefore(STEP, sendInput("{connection: bridge, url: /, auth: {bearer: OTHER}}")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("'OTHER'").contains("KEY");
    }

    @Test
    void eachCaseIsSentUnderItsOwnKey() {
        // When
        send(actions(), "{connection: bridge, cases: [{name: oura, url: /a}, {url: /b}]}");

        // Then
        assertThat(echo.received())
                .extracting(request -> request.headers().get("Idempotency-Key"))
                .containsExactly(STEP.key() + "/oura", STEP.key() + "/case-2");
    }

    @Test
    void aRetriedAttemptLeavesOutWhatWasAnswered() {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        echo.answer(request -> new Reply(request.path().equals("/b") ? 503 : 202, "{}"));
        String plan = "{connection: bridge, cases: [{name: one, url: /a}, {name: two, url: /b}]}";
        HttpActivities actions = actions(TunnelOpener.none(), heartbeats);
        assertThat(failure(() -> send(actions, plan)).getType()).isEqualTo(Failures.UNAVAILABLE);
        echo.answer(request -> new Reply(202, "{}"));

        // When
        var result = send(actions, plan);

        // Then
        assertThat(echo.received()).extracting(Received::path).containsExactly("/a", "/b", "/b");
        assertThat(result.passed()).isEqualTo(2);
    }

    @Test
    void whatMayHaveBeenReceivedIsAskedAndNotSentAgain() {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        heartbeats.keepsOnly = 2;
        String plan = "{connection: bridge, cases: [{name: one, url: /a}, {name: two, url: /b}]}";
        HttpActivities actions = actions(TunnelOpener.none(), heartbeats);
        send(actions, plan);

        // When
        var failure = failure(() -> send(actions, plan));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertThat(failure.getOriginalMessage()).contains("case 'two'", "Answered before it: one", "all 2 again");
        assertThat(echo.received()).extracting(Received::path).containsExactly("/a", "/b");
    }

    @Test
    void whatWasAnnouncedTooLateToBeSentIsSentByTheNextAttempt() {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        heartbeats.tooLate = true;
        HttpActivities actions = actions(TunnelOpener.none(), heartbeats);
        String plan = "{connection: bridge, url: /a}";
        assertThat(failure(() -> send(actions, plan)).getType()).isEqualTo(Failures.UNAVAILABLE);
        heartbeats.tooLate = false;

        // When
        var result = send(actions, plan);

        // Then
        assertThat(result.passed()).isEqualTo(1);
        assertThat(echo.received()).extracting(Received::path).containsExactly("/a");
    }

    @Test
    void aCaseIsLeftToTheNextAttemptWhereItsAnswerMayComeTooLate() {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        echo.answer(request -> {
            heartbeats.left = Duration.ofSeconds(6);
            return new Reply(202, "{}");
        });
        HttpActivities actions = actions(TunnelOpener.none(), heartbeats);
        String plan = "{connection: bridge, timeout: PT7S, cases: [{name: one, url: /a}, {name: two, url: /b}]}";
        assertThat(failure(() -> send(actions, plan)).getType()).isEqualTo(Failures.UNAVAILABLE);
        heartbeats.left = Duration.ofMinutes(2);

        // When
        var result = send(actions, plan);

        // Then
        assertThat(result.passed()).isEqualTo(2);
        assertThat(echo.received()).extracting(Received::path).containsExactly("/a", "/b");
    }

    @Test
    void whoIsAskedAboutAnUnexpectedAnswerIsToldWhatARetrySendsAgain() {
        // Given
        echo.answer(request -> new Reply(request.path().equals("/b") ? 500 : 202, "{}"));
        String cases = "cases: [{name: one, url: /a}, {name: two, url: /b}]";

        // When
        var all = failure(() -> send(actions(), "{connection: bridge, " + cases + "}"));
        var single = failure(() -> send(actions(), "{connection: bridge, url: /b}"));
        var known = failure(() -> send(actions(), "{connection: bridge, deduplicates: true, " + cases + "}"));
        var put = failure(() -> send(actions(), "{connection: bridge, method: PUT, " + cases + "}"));

        // Then
        assertThat(all.getType()).isEqualTo(Failures.FAILED);
        assertThat(all.getOriginalMessage())
                .isEqualTo("not as expected (all 2 cases were answered, and a retry sends all 2 again; find out first"
                        + " what took effect): two: status 500, expected 2xx");
        assertThat(single.getOriginalMessage()).contains("the request was answered, and a retry sends it again");
        assertThat(known.getOriginalMessage()).isEqualTo("not as expected: two: status 500, expected 2xx");
        assertThat(put.getOriginalMessage()).isEqualTo("not as expected: two: status 500, expected 2xx");
    }

    @Test
    void aConnectionThatNeverComesAboutIsNoLostAnswer() throws IOException {
        // Given: it accepts and never greets back
        ApplicationFailure failure;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String plan = "{url: 'https://127.0.0.1:" + silent.getLocalPort() + "/a', timeout: PT2S}";

            // When
            failure = failure(() -> send(actions(), plan));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage()).endsWith("no connection in time");
    }

    @Test
    void aLostAnswerIsAQuestionToAPersonUnlessARepeatDoesNoHarm() {
        // Given
        echo.answer(request -> {
            pause(Duration.ofSeconds(1));
            return new Reply(202, "{}");
        });

        // When
        var post = failure(() -> send(actions(), "{connection: bridge, url: /a, timeout: PT0.5S}"));
        var known =
                failure(() -> send(actions(), "{connection: bridge, url: /a, timeout: PT0.5S, deduplicates: true}"));
        var put = failure(() -> send(actions(), "{connection: bridge, url: /a, timeout: PT0.5S, method: PUT}"));

        // Then
        assertThat(post.getType()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertThat(known.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(put.getType()).isEqualTo(Failures.UNAVAILABLE);
    }

    @Test
    void whatAGatewayAnswersMayHaveReachedTheReceiver() {
        // Given
        echo.answer(request -> new Reply(504, "upstream timed out"));

        // When
        var post = failure(() -> send(actions(), "{connection: bridge, url: /a}"));
        var known = failure(() -> send(actions(), "{connection: bridge, url: /a, deduplicates: true}"));

        // Then
        assertThat(post.getType()).isEqualTo(Failures.OUTCOME_UNKNOWN);
        assertThat(known.getType()).isEqualTo(Failures.UNAVAILABLE);
    }

    @Test
    void whatDidNotReachAnyoneIsSentAgain() throws IOException {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        HttpActivities actions = actions(TunnelOpener.none(), heartbeats);
        String plan = "{url: 'http://127.0.0.1:" + FreePort.find() + "/a'}";
        assertThat(failure(() -> send(actions, plan)).getType()).isEqualTo(Failures.UNAVAILABLE);

        // When
        var again = failure(() -> send(actions, plan));

        // Then
        assertThat(again.getType()).isEqualTo(Failures.UNAVAILABLE);
    }

    @Test
    void onlyAHandshakeThatFailedIsKnownToHaveSentNothing() throws IOException {
        // Given
        int protocolVersion = 70;
        int internalError = 80;
        ApplicationFailure unsent;
        ApplicationFailure unknown;
        try (ServerSocket refusing = alerting(protocolVersion);
                ServerSocket broken = alerting(internalError)) {

            // When
            unsent = failure(() -> send(actions(), "{url: 'https://127.0.0.1:" + refusing.getLocalPort() + "/a'}"));
            unknown = failure(() -> send(actions(), "{url: 'https://127.0.0.1:" + broken.getLocalPort() + "/a'}"));
        }

        // Then
        assertThat(unsent.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(unsent.getOriginalMessage()).contains("no TLS connection");
        assertThat(unknown.getType()).isEqualTo(Failures.OUTCOME_UNKNOWN);
    }

    /** Answers a TLS greeting with a fatal alert. */
    private static ServerSocket alerting(int description) throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
                socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, (byte) description});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    @Test
    void aLostAttemptDoesNotSend() {
        // Given
        Heartbeats heartbeats = new Heartbeats();
        heartbeats.lost = true;

        // When / Then
        assertThatThrownBy(() -> send(actions(TunnelOpener.none(), heartbeats), "{connection: bridge, url: /a}"))
                .hasMessage("lost");
        assertThat(echo.received()).isEmpty();
    }

    @Test
    void whatWasSentCannotBeUnsent() {
        // Given
        SendInput input = sendInput("{connection: bridge, url: /a}");
        var before = actions().sendBefore(STEP, input);
        var result = actions().send(STEP, input, before);

        // When
        var undone = actions().undoSend(STEP, input, before, result);
        var unknown = actions().undoSend(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).startsWith("1 of 1 requests were sent");
        assertThat(unknown.outcome()).isEqualTo(Outcome.REFUSED);
    }

    private HttpActions actions() {
        return actions(TunnelOpener.none());
    }

    private HttpActions actions(TunnelOpener tunnels) {
        return actions(tunnels, Invocation.detached());
    }

    private HttpActions actions(TunnelOpener tunnels, Invocation invocation) {
        Secret key = Secret.ofFile(folder.resolve("token"));
        var connection = new HttpConnection(echo.uri(), key, Duration.ofSeconds(5));
        var connections = new Connections("production", Map.of("bridge", connection), Map.of("KEY", key));
        return new HttpActions(new ActionContext(connections, CLOCK, () -> invocation), tunnels);
    }

    private static HttpResult send(HttpActivities actions, String yaml) {
        SendInput input = sendInput(yaml);
        return actions.send(STEP, input, actions.sendBefore(STEP, input));
    }

    private static RequestInput request(String yaml) {
        return read(yaml, RequestInput.class);
    }

    private static SendInput sendInput(String yaml) {
        return read(yaml, SendInput.class);
    }

    private static <T> T read(String yaml, Class<T> type) {
        try {
            return YAML.readValue(yaml, type);
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        return catchThrowableOfType(ApplicationFailure.class, action);
    }

    private static String authorization(Received request) {
        return request.headers().get("Authorization");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps what one attempt said for the next. */
    private static final class Heartbeats implements Invocation {
        private Object last;
        private boolean lost;
        private boolean once;
        private boolean tooLate;
        private volatile Duration left = Duration.ofMinutes(2);
        private int keepsOnly = Integer.MAX_VALUE;
        private int said;

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean once() {
            return once;
        }

        @Override
        public void heartbeat(Object details) {
            if (lost) {
                throw new IllegalStateException("lost");
            }
            if (said++ < keepsOnly) {
                last = details;
            }
        }

        /** As of an attempt: the details are recorded, though they come too late. */
        @Override
        public void renew(Object details) {
            heartbeat(details);
            if (tooLate) {
                throw Failures.unavailable("too late", null);
            }
        }

        @Override
        public void requireTimeFor(Duration longest) {
            if (longest.compareTo(left) > 0) {
                throw Failures.unavailable("too late", null);
            }
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.ofNullable(last).filter(type::isInstance).map(type::cast);
        }
    }
}
