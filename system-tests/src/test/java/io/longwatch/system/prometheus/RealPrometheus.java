package io.longwatch.system.prometheus;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.sandbox.prometheus.PrometheusContract;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.system.parts.PrometheusServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A Prometheus that scrapes targets of this test every second. */
final class RealPrometheus implements PrometheusContract.World {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrometheusServer server;
    private final Clock clock = Clock.systemUTC();
    private final Map<String, Target> targets = new TreeMap<>();
    private final Set<String> awaited = new HashSet<>();

    RealPrometheus(Path folder, String... flags) {
        this.server = PrometheusServer.start(folder, config(List.of()), "groups: []\n", flags);
    }

    PrometheusServer server() {
        return server;
    }

    @Override
    public URI uri() {
        return server.uri();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    /** Lets time pass, from when each target was scraped once: Prometheus takes some seconds to begin with a new one. */
    @Override
    public void pass(Duration time) {
        await("a scrape of each of " + awaited)
                .atMost(Duration.ofMinutes(3))
                .until(() -> scraped().containsAll(awaited));
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    private Set<String> scraped() throws IOException {
        JsonNode found;
        try (InputStream answer =
                server.uri().resolve("/api/v1/targets").toURL().openStream()) {
            found = JSON.readTree(answer);
        }
        Set<String> scraped = new HashSet<>();
        found.path("data").path("activeTargets").forEach(target -> {
            if (!target.path("health").asText().equals("unknown")) {
                scraped.add(target.path("scrapePool").asText());
            }
        });
        return scraped;
    }

    @Override
    public void expose(String job, String instance, boolean healthy, List<Series> series) {
        targets.put(job, new Target(instance, healthy, series, clock));
    }

    @Override
    public void write(List<String> jobs, String rules) {
        awaited.clear();
        jobs.stream().filter(targets::containsKey).forEach(awaited::add);
        server.write(config(jobs), rules);
    }

    private String config(List<String> jobs) {
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                """ + jobs.stream().map(this::job).collect(Collectors.joining());
    }

    private String job(String name) {
        Target target = targets.get(name);
        String scraped = target == null
                ? ""
                : "    static_configs: [{targets: ['" + target.address() + "'], labels: {instance: '" + target.instance
                        + "'}}]\n";
        return "  - job_name: " + name + "\n" + scraped;
    }

    @Override
    public void writeNonsense() {
        server.write("scrape_configs: [{job_name: bridge}, {job_name: bridge}]\n", "groups: []\n");
    }

    @Override
    public void vanish() {
        server.kill();
    }

    @Override
    public void close() {
        server.close();
        targets.values().forEach(Target::close);
    }

    /** What is scraped: series as they are at the moment. */
    private static final class Target implements AutoCloseable {
        private final String instance;
        private final HttpServer http;

        Target(String instance, boolean healthy, List<Series> series, Clock clock) {
            this.instance = instance;
            try {
                this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException("no target to scrape", e);
            }
            http.createContext("/metrics", exchange -> {
                byte[] body = text(series, clock.instant()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(healthy ? 200 : 500, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
        }

        String address() {
            return "127.0.0.1:" + http.getAddress().getPort();
        }

        private static String text(List<Series> series, Instant now) {
            StringBuilder text = new StringBuilder();
            for (Series one : series) {
                one.value()
                        .at(now)
                        .ifPresent(value -> text.append(one.name())
                                .append(Samples.labels(one.labels()))
                                .append(' ')
                                .append(Samples.number(value))
                                .append('\n'));
            }
            return text.toString();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
