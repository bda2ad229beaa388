package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.contract.Json;
import io.longwatch.system.parts.AlertmanagerServer;
import io.longwatch.system.parts.PrometheusServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way of an alert, from a worker's metrics over Prometheus and Alertmanager to who is called. */
@Timeout(180)
class AlertsTest {
    private static final Path MONITORING =
            Path.of(System.getProperty("longwatch.checkout", ".."), "install", "monitoring");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
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

    private List<String> alerts(String receiver) {
        return called.getOrDefault(receiver, List.of()).stream()
                .flatMap(message -> StreamSupport.stream(message.path("alerts").spliterator(), false))
                .map(alert -> alert.at("/labels/alertname").asText())
                .toList();
    }
}
