package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.contract.Json;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.soak.SoakActivities;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.AlertmanagerServer;
import io.longwatch.system.parts.PrometheusServer;
import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.PauseActivityRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of an alert, from a worker over Prometheus and Alertmanager to who is called. */
@Timeout(600)
class AlertsTest {
    private static final Path MONITORING =
            Path.of(System.getProperty("longwatch.checkout", ".."), "install", "monitoring");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Longer than three intervals, each counted as a minute at least. */
    private static final Duration LONGEST_UNWATCHED = Duration.ofMinutes(4);

    private static final String METRICS = """
            # TYPE longwatch_releases_ended_total counter
            longwatch_releases_ended_total{environment="production",state="COMPENSATION_FAILED"} 1
            """;

    @TempDir
    Path folder;

    private final Map<String, List<JsonNode>> called = new ConcurrentHashMap<>();
    private HttpServer world;

    @BeforeEach
    void aWorkerAndWhoIsCalled() throws IOException {
        world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        world.createContext("/metrics", exchange -> {
            byte[] page = METRICS.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        world.createContext("/pager", this::hear);
        world.createContext("/heartbeat", this::hear);
        world.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        JsonNode message = Json.mapper().readTree(exchange.getRequestBody());
        called.computeIfAbsent(exchange.getHttpContext().getPath(), path -> new CopyOnWriteArrayList<>())
                .add(message);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @AfterEach
    void stop() {
        world.stop(0);
    }

    @Test
    void aRollbackThatFailedCallsSomeoneAndTheWatchdogIsHeardElsewhere() throws Exception {
        // Given
        String own = "127.0.0.1:" + world.getAddress().getPort();
        String routes = Files.readString(MONITORING.resolve("alertmanager.yaml"))
                .replace("https://pager.example.org/longwatch", "http://" + own + "/pager")
                .replace("https://heartbeat.example.org/longwatch", "http://" + own + "/heartbeat");
        String rules = Files.readString(MONITORING.resolve("longwatch-rules.yaml"));
        try (AlertmanagerServer alertmanager = AlertmanagerServer.start(folder, routes)) {

            // When
            try (PrometheusServer prometheus = PrometheusServer.start(
                    folder, """
                    global: {scrape_interval: 1s, evaluation_interval: 1s}
                    rule_files: [rules.yml]
                    alerting: {alertmanagers: [{static_configs: [{targets: ["%s"]}]}]}
                    scrape_configs:
                      - {job_name: longwatch, static_configs: [{targets: ["%s"]}]}
                    """.formatted(alertmanager.uri().getAuthority(), own), rules)) {

                // Then
                await("the pager at " + prometheus.uri())
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(alerts("/pager")).contains("LongwatchRollbackFailed"));
                await("the heartbeat")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(alerts("/heartbeat")).containsOnly("LongwatchWatchdog"));
                assertThat(alerts("/pager")).doesNotContain("LongwatchWatchdog", "LongwatchWorkerMissing");
                JsonNode page = called.get("/pager").get(0).path("alerts").get(0);
                assertThat(page.at("/labels/environment").asText()).isEqualTo("production");
                assertThat(page.at("/labels/severity").asText()).isEqualTo("critical");
                assertThat(page.at("/annotations/summary").asText()).isNotBlank();
            }
        }
    }

    @Test
    void aWindowThatNobodyWatchesAndAWorkerThatIsGoneAreTold() throws Exception {
        int port = FreePort.find();
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        try (TemporalServer temporal = TemporalServer.start(folder);
                Connection connection = temporal.connect();
                TinyRelease release = new TinyRelease("1h");
                Metrics metrics = new Metrics();
                PrometheusServer prometheus = PrometheusServer.start(folder, """
                        global: {scrape_interval: 1s, evaluation_interval: 1s}
                        rule_files: [rules.yml]
                        scrape_configs:
                          - {job_name: longwatch, static_configs: [{targets: ["127.0.0.1:%d"]}]}
                        """.formatted(port), impatient())) {
            try (LongwatchWorker worker = worker(connection, metrics, port, aheadBy(ahead))) {
                // Given
                worker.start();
                new Starts(connection).start(release.request());
                await("a window that is watched")
                        .atMost(PATIENCE)
                        .until(() ->
                                metrics.scrape().contains("longwatch_windows_open{environment=\"production\"} 1.0"));
                await("a worker that is seen")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(firing(prometheus)).containsExactly("LongwatchWatchdog"));

                // When
                pauseTheWatch(connection);
                ahead.set(LONGEST_UNWATCHED);

                // Then
                await("nobody watches")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(firing(prometheus))
                                .contains("LongwatchSoakUnwatched")
                                .doesNotContain("LongwatchWorkerMissing"));
            }

            // Then
            await("nobody works")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(firing(prometheus))
                            .contains("LongwatchWorkerMissing", "LongwatchQueueNotPolled"));
        }
    }

    private static LongwatchWorker worker(Connection connection, Metrics metrics, int port, Clock clock)
            throws Exception {
        return new LongwatchWorker(
                WorkerConfigFile.parse("environments: {production: {}}\nlisten: {port: " + port + "}\n", "worker.yaml"),
                connection.client(),
                metrics,
                LongwatchWorker.Parts.ofReleases(),
                clock);
    }

    private static Clock aheadBy(AtomicReference<Duration> ahead) {
        InstantSource source = () -> Clock.systemUTC().instant().plus(ahead.get());
        return source.withZone(ZoneOffset.UTC);
    }

    /** The rules as they are installed, but for how long something has to last. */
    private static String impatient() throws IOException {
        return Files.readString(MONITORING.resolve("longwatch-rules.yaml")).replaceAll("for: [0-9]+m", "for: 2s");
    }

    private static void pauseTheWatch(Connection connection) {
        connection
                .client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .pauseActivity(PauseActivityRequest.newBuilder()
                        .setNamespace("default")
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(TinyRelease.WORKFLOW_ID))
                        .setType(SoakActivities.WATCH)
                        .build());
    }

    private static List<String> firing(PrometheusServer prometheus) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(prometheus.uri().resolve("/api/v1/alerts"))
                .build();
        JsonNode alerts = Json.mapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
        return StreamSupport.stream(alerts.at("/data/alerts").spliterator(), false)
                .filter(alert -> alert.path("state").asText().equals("firing"))
                .map(alert -> alert.at("/labels/alertname").asText())
                .distinct()
                .toList();
    }

    private List<String> alerts(String receiver) {
        return called.getOrDefault(receiver, List.of()).stream()
                .flatMap(message -> StreamSupport.stream(message.path("alerts").spliterator(), false))
                .map(alert -> alert.at("/labels/alertname").asText())
                .toList();
    }
}
