package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.starter.Longwatch;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.PostgresServer;
import io.longwatch.system.parts.TemporalServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class WorkerProcessTest {
    @TempDir
    Path folder;

    @Test
    void itWorksUntilItIsToldToStopAndThenEndsWith0() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                TinyRelease release = new TinyRelease("1h");
                Connection connection = server.connect()) {
            // Given
            int port = FreePort.find();
            Process worker = worker(
                    "environments: {production: {secrets: {KEY: {env: LONGWATCH_TEST_KEY}}}}\n",
                    Map.of(
                            "TEMPORAL_ADDRESS",
                            server.address(),
                            "LONGWATCH_LISTEN_PORT",
                            String.valueOf(port),
                            "LONGWATCH_TEST_KEY",
                            "hunter2-in-the-environment",
                            "LONGWATCH_LOG",
                            "json"));
            try {
                awaitPage(worker, port, "/health/ready", "{\"status\":\"ready\"}");
                new Starts(connection).start(release.request());
                awaitPage(
                        worker,
                        port,
                        "/metrics",
                        "longwatch_looks_total{environment=\"production\",result=\"passed\"} 2.0");
                awaitPage(
                        worker,
                        port,
                        "/metrics",
                        "longwatch_releases{environment=\"production\",state=\"SOAKING\"} 1.0");
                awaitPage(worker, port, "/metrics", "longwatch_windows_open{environment=\"production\"} 1.0");
                String metrics = page(port, "/metrics");

                // When
                worker.destroy();

                // Then
                assertThat(worker.waitFor(180, TimeUnit.SECONDS)).as(log()).isTrue();
                assertThat(worker.exitValue()).as(log()).isZero();
                assertThat(metrics)
                        .contains("temporal_num_pollers")
                        .contains("temporal_request_total")
                        .contains("longwatch_windows_unwatched{environment=\"production\"} 0.0");
                List<JsonNode> lines = lines();
                assertThat(lines)
                        .extracting(line -> line.path("message").asText())
                        .contains("worker started", "worker stopped");
                assertThat(log()).doesNotContain("hunter2");
            } finally {
                worker.destroyForcibly();
            }
        }
    }

    @Test
    void whatIsWrongAtTheStartIsToldAtOnce() throws Exception {
        // When
        Process worker = worker(
                "environments: {production: {secrets: {KEY: {env: LONGWATCH_TEST_UNSET}}}}\nlistn: {}\n",
                Map.of("LONGWATCH_LISTEN_PORT", "http"));
        int exit = exitOf(worker);

        // Then
        assertThat(exit).as(log()).isEqualTo(2);
        assertThat(log())
                .contains("LONGWATCH_LISTEN_PORT: listen.port: 'http' is no whole number")
                .contains("environment variable LONGWATCH_TEST_UNSET is not set")
                .contains("worker.yaml:2:8: listn: there is no such field");
    }

    @Test
    void aNamespaceThatIsNotThereIsToldWithWhatMakesIt() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder)) {
            // When
            Process worker = worker(
                    "environments: {production: {}}\nlisten: {port: 0}\n",
                    Map.of("TEMPORAL_ADDRESS", server.address(), "TEMPORAL_NAMESPACE", "releases"));

            // Then
            assertThat(exitOf(worker)).as(log()).isEqualTo(3);
            assertThat(log())
                    .contains("has no namespace 'releases'")
                    .contains("temporal operator namespace create --namespace releases");
        }
    }

    @Test
    void aLedgerWhoseTablesAreOthersKeepsItFromStarting() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                PostgresServer postgres = PostgresServer.start(folder)) {
            // Given
            try (var connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA longwatch");
                statement.execute("CREATE TABLE longwatch.other (id integer)");
            }

            // When
            Process worker = worker(
                    """
                    environments: {production: {}}
                    listen: {port: 0}
                    ledger: {url: "%s", user: %s}
                    """.formatted(postgres.url(), postgres.user()), Map.of("TEMPORAL_ADDRESS", server.address()));

            // Then
            assertThat(exitOf(worker)).as(log()).isEqualTo(3);
            assertThat(log())
                    .contains("the worker cannot start: the ledger at 127.0.0.1:")
                    .contains("it needs a schema longwatch of its own");
        }
    }

    private static int exitOf(Process worker) throws InterruptedException {
        boolean ended = worker.waitFor(180, TimeUnit.SECONDS);
        worker.destroyForcibly();
        assertThat(ended).isTrue();
        return worker.exitValue();
    }

    private Process worker(String config, Map<String, String> variables) throws IOException {
        Path file = Files.writeString(folder.resolve("worker.yaml"), config);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The classpath of tests has a configuration for tests, which would go first.
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Longwatch.class.getName(),
                        "worker",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(logFile().toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private Path logFile() {
        return folder.resolve("worker.log");
    }

    private String log() throws IOException {
        return Files.readString(logFile());
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(logFile())) {
            // Java itself has its say first on newer versions.
            if (line.startsWith("{")) {
                lines.add(Json.mapper().readTree(line));
            }
        }
        return lines;
    }

    private void awaitPage(Process worker, int port, String path, String content) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    if (!worker.isAlive()) {
                        throw new IllegalStateException("the worker ended with " + worker.exitValue() + ":\n" + log());
                    }
                    assertThat(page(port, path)).contains(content);
                });
    }

    private static String page(int port, String path) throws InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "nothing answers: " + e;
        }
    }
}
