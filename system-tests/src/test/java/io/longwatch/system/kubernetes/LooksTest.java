package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.actions.kubernetes.GetResult;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.actions.kubernetes.LogsResult;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.activities.env.EnvActions;
import io.longwatch.activities.kubernetes.PortForward;
import io.longwatch.activities.secret.SecretActions;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What steps read of a real cluster: objects, logs, ports, Secrets, variables; and the way back and forth of a rollout. */
class LooksTest extends OnControlPlane {
    @Test
    void aServiceHasTheReadyPodsBehindIt() {
        // Given
        apply(STEP, deployment(IMAGE, 2) + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: bridge}
                spec: {selector: {app: bridge}, ports: [{port: 80, targetPort: http}]}
                """);
        rollout();

        // When / Then
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            GetResult service = get("v1", "Service", "bridge", Map.of("port", "/spec/ports/0/port"));
            assertThat(service.endpoints()).isEqualTo(2);
            assertThat(service.addresses())
                    .singleElement()
                    .satisfies(
                            address -> assertThat(address).startsWith("10.0.0.").endsWith(":80"));
            assertThat(service.items()).containsExactly(Map.of("name", "bridge", "port", 80));
        });
    }

    @Test
    void aDeploymentTellsWhatTheStepAsksFor() {
        // Given
        apply(STEP, deployment(IMAGE, 2));
        rollout();

        // When
        GetResult found = get("apps/v1", "Deployment", "bridge", Map.of("ready", "/status/readyReplicas"));

        // Then
        assertThat(found.ready()).isEqualTo(1);
        assertThat(found.items()).containsExactly(Map.of("name", "bridge", "ready", 2));
    }

    @Test
    void aKindThatTheClusterDoesNotServeIsNotFound() {
        // When / Then
        assertThatThrownBy(() -> get("argoproj.io/v1alpha1", "Rollout", "bridge", Map.of()))
                .satisfies(failure(Failures.NOT_FOUND))
                .hasMessageContaining("serves no kind 'Rollout'");
    }

    @Test
    void aKindThatTheAccountMayNotReadIsDenied() {
        // When / Then
        assertThatThrownBy(() -> get("v1", "Node", "node-1", Map.of()))
                .satisfies(failure(Failures.DENIED))
                .hasMessageContaining("nodes \"node-1\" is forbidden");
    }

    @Test
    void linesOfLogThatMatchAreCounted() throws IOException {
        // Given
        apply(STEP, deployment(IMAGE, 2));
        rollout();
        Instant now = Instant.now();
        Files.writeString(
                cluster.podLog(),
                now.minusSeconds(600) + " stdout F CRITICAL: long ago\n" + now + " stdout F all is well\n" + now
                        + " stderr F CRITICAL: no\n");

        // When
        LogsResult logs = kubernetes.logs(
                STEP, new LogsInput(null, null, "app=bridge", null, "CRITICAL", null, now.minusSeconds(60), null));

        // Then
        assertThat(logs.pods()).isEqualTo(2);
        assertThat(logs.lines()).isEqualTo(4);
        assertThat(logs.matches()).isEqualTo(2);
        assertThat(logs.sample()).containsOnly("CRITICAL: no");
        assertThat(logs.incomplete()).isFalse();
    }

    @Test
    void aLogThatBeginsLaterThanItsContainerIsIncomplete() throws IOException {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        Instant now = Instant.now();
        Files.writeString(cluster.podLog(), now.plusSeconds(600) + " stdout F all is well\n");

        // When
        LogsResult logs = kubernetes.logs(
                STEP, new LogsInput(null, null, "app=bridge", "app", "CRITICAL", null, now.minusSeconds(60), null));

        // Then
        assertThat(logs.lines()).isEqualTo(1);
        assertThat(logs.incomplete()).isTrue();
    }

    @Test
    void aContainerThatNoPodHasIsNotFound() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();

        // When / Then
        assertThatThrownBy(() -> kubernetes.logs(
                        STEP, new LogsInput(null, null, "app=bridge", "ap", "CRITICAL", null, null, null)))
                .satisfies(failure(Failures.NOT_FOUND))
                .hasMessageContaining("they have app");
    }

    @Test
    void aForwardedPortLeadsToTheProcessBehindThePod() throws IOException, InterruptedException {
        // Given
        HttpServer process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        process.createContext("/health", exchange -> {
            byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        process.start();
        cluster.forward(8080, process.getAddress());
        apply(STEP, deployment(IMAGE, 1));
        rollout();

        // When
        String answer;
        try (PortForward forward = PortForward.open(clients, connection, null, "deployment/bridge", 8080)) {
            answer = read("http://127.0.0.1:" + forward.localPort() + "/health");
        } finally {
            process.stop(0);
        }

        // Then
        assertThat(answer).hasSize(100_000);
    }

    @Test
    void aSecretIsAsOldAsItsLastChange() {
        // Given
        SecretActions secrets = new SecretActions(context(connection), clients);
        admin().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .endMetadata()
                        .addToStringData("TOKEN", "hunter2hunter2hunter2")
                        .addToStringData("OTHER", "change-me")
                        .build())
                .create();
        var input = new io.longwatch.actions.secret.CheckInput(
                null, null, "keys", List.of("TOKEN", "OTHER"), 4, null, Duration.ofDays(1), null, null);

        // When
        var fresh = secrets.check(STEP, input);
        clock.pass(Duration.ofDays(3));
        var old = secrets.check(STEP, input);

        // Then
        assertThat(fresh.problems()).containsExactly("OTHER is a placeholder");
        assertThat(old.problems()).anySatisfy(problem -> assertThat(problem).contains("3 days ago"));
        assertThat(old.toString()).doesNotContain("hunter2");
    }

    @Test
    void variablesComeFromWhereTheClusterTakesThem() {
        // Given
        apply(STEP, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings}
                data: {LIMIT: "40", LEVEL: debug}
                ---
                """ + deployment(IMAGE, 1) + """
                        envFrom: [{configMapRef: {name: settings}}]
                        env:
                        - {name: LEVEL, value: info}
                        - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: TOKEN}}}
                """);
        var input = new io.longwatch.actions.env.CheckInput(
                null, null, "bridge", null, null, Map.of("LIMIT", "40", "LEVEL", "info", "TOKEN", "x"), null);

        // When
        var checked = new EnvActions(context(connection), clients).check(STEP, input);

        // Then
        assertThat(checked.matching()).isEqualTo(2);
        assertThat(checked.wrong()).containsExactly("TOKEN comes from Secret keys, key TOKEN, which is not read");
    }

    @Test
    void anUndoneRolloutCanBeTakenForwardAgain() {
        // Given
        apply(STEP, deployment(IMAGE, 2));
        rollout();
        apply(NEXT, deployment("registry.test/bridge:2", 2));
        rollout();
        var input = new UndoRolloutInput(null, null, "bridge", null, null, null);
        StepRef restore = NEXT.at("restore");
        var before = attempts.untilDone(() -> kubernetes.undoRolloutBefore(restore, input));
        attempts.untilDone(() -> kubernetes.undoRollout(restore, input, before));
        rollout();

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoUndoRollout(restore, input, before, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(rollout().images()).containsExactly("registry.test/bridge:2");
    }

    @Test
    void aFirstDeploymentHasNothingToGoBackTo() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        var input = new UndoRolloutInput(null, null, "bridge", null, null, null);

        // When / Then
        assertThatThrownBy(() -> attempts.untilDone(() -> kubernetes.undoRolloutBefore(STEP.at("restore"), input)))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("no earlier revision")
                .hasMessageContaining("createdByRelease: true");
    }

    private GetResult get(String apiVersion, String kind, String name, Map<String, String> outputs) {
        return kubernetes.get(STEP, new GetInput(null, null, apiVersion, kind, name, null, outputs));
    }

    private static String read(String uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
