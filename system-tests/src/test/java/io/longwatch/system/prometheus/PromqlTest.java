package io.longwatch.system.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.sandbox.prometheus.ConfigFiles;
import io.longwatch.sandbox.prometheus.PrometheusStandIn;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.sandbox.prometheus.VirtualClock;
import io.longwatch.system.parts.PrometheusServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stand-in's PromQL against Prometheus' own, over the same samples. */
@Timeout(300)
class PromqlTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** A mean is summed up in another order, which its last digits show. */
    private static final double ROUNDING = 1e-9;

    /** What is held against a threshold must be the same to the last bit: a share can be the threshold itself. */
    private static final double NONE = 0;

    private static final Instant START = Instant.parse("2026-11-19T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofHours(26));
    private static final Instant GAP = END.minus(Duration.ofMinutes(50));
    private static final Instant GAP_ENDS = GAP.plus(Duration.ofMinutes(20));
    private static final long SEED = Long.getLong("longwatch.seed", System.nanoTime());

    /** Of the part that the stand-in claims to evaluate. */
    private static final List<String> CLAIMED = List.of(
            "g",
            "g{kind=\"x\"} > 0",
            "g > bool 0",
            "g{kind!~\"y|z\"} * 2 ^ 0.5 - 3 % 2",
            "-g ^ 2",
            "{__name__=~\"g|flat\", kind=~\"x|\"}",
            "g{kind=\"x\"} offset 7m",
            "rate(resets_total[5m])",
            "increase(resets_total[1h])",
            "rate(resets_total[26h])",
            "irate(resets_total[5m])",
            "rate(resets_total[5m] offset 33m)",
            "delta(g[10m])",
            "deriv(g[1h])",
            "deriv(huge[6h])",
            "deriv(flat[1h])",
            "deriv(container_memory_working_set_bytes[26h])",
            "predict_linear(g[1h], 3600)",
            "predict_linear(container_memory_working_set_bytes[24h], 4 * 3600)",
            "changes(g[10m])",
            "changes(holes[10m])",
            "resets(resets_total[26h])",
            "resets(holes[10m])",
            "avg_over_time(g[1h])",
            "avg_over_time(huge[6h])",
            "avg_over_time(tiny[6h])",
            "avg_over_time(peaks[1h])",
            "sum_over_time(peaks[1h])",
            "sum_over_time(holes[1h])",
            "max_over_time(holes[1h])",
            "min_over_time(holes[1h])",
            "max_over_time(none[1h])",
            "max_over_time(peaks[1h])",
            "count_over_time(holes[1h])",
            "count_over_time(g[50m])",
            "last_over_time(g[30m])",
            "present_over_time(g[30m])",
            "quantile_over_time(0.9, g[1h])",
            "quantile_over_time(0.9, holes[1h])",
            "quantile_over_time(0.1, holes[1h])",
            "quantile_over_time(0.5, peaks[1h])",
            "quantile_over_time(1.1, g[1h])",
            "quantile_over_time(-1, g[1h])",
            "sum by (pod) (auren_webhook_requests_total)",
            "sum without (status, instance) (auren_webhook_requests_total)",
            "avg(holes) + 0 * count(g)",
            "1 - (sum(rate(auren_webhook_requests_total{status!~\"5..\"}[5m])) or vector(0))"
                    + " / sum(rate(auren_webhook_requests_total[5m]))",
            "1 - (sum(rate(auren_webhook_requests_total{status=\"none\"}[5m])) or vector(0))"
                    + " / sum(rate(auren_webhook_requests_total[5m]))",
            "max(deriv(container_memory_working_set_bytes[6h]) and on (pod)"
                    + " present_over_time(container_memory_working_set_bytes[6h] offset 7h))",
            "sum(peaks)",
            "avg(peaks)",
            "max by (kind) (peaks)",
            "min(holes)",
            "max(none)",
            "count(none)",
            "sum(no_such_metric)",
            "count(no_such_metric)",
            "histogram_quantile(0.99, sum by (le) (rate(auren_webhook_duration_seconds_bucket[5m])))",
            "histogram_quantile(0.5, auren_webhook_duration_seconds_bucket)",
            "histogram_quantile(0, rate(auren_webhook_duration_seconds_bucket[5m]))",
            "histogram_quantile(1, rate(auren_webhook_duration_seconds_bucket[5m]))",
            "histogram_quantile(2, rate(auren_webhook_duration_seconds_bucket[5m]))",
            "histogram_quantile(0.9, sum by (le) (rate(auren_webhook_duration_seconds_bucket{le!=\"+Inf\"}[5m])))",
            "histogram_quantile(0.9, sum by (le) (rate(auren_webhook_duration_seconds_bucket{le=\"+Inf\"}[5m])))",
            "histogram_quantile(0.9, g)",
            "histogram_quantile(NaN, rate(auren_webhook_duration_seconds_bucket[5m]))",
            "absent(no_such_metric{job=\"a\", pod=~\"b\"})",
            "absent(no_such_metric{job=\"a\", job=\"b\", pod=\"c\"})",
            "absent(no_such_metric{job=\"a\", job!=\"b\", pod=\"c\"})",
            "absent(sum(no_such_metric{job=\"a\"}))",
            "absent(g)",
            "absent_over_time(no_such_metric{job=\"a\"}[5m])",
            "absent_over_time(g[5m])",
            "clamp_min(g, 0)",
            "clamp_max(holes, 0.5)",
            "abs(g)",
            "ceil(g)",
            "floor(-g)",
            "scalar(flat)",
            "scalar(g)",
            "vector(scalar(flat))",
            "time()",
            "time() - 1.7e9",
            "1 / 0",
            "-1 / 0",
            "0 / 0",
            "1 ^ (0 / 0)",
            "(-1) ^ (1 / 0)",
            "2 ^ 3 ^ 2",
            "-2 ^ 2",
            "7 % -3",
            "-7 % 3",
            "1e3 + 0x1F + .5",
            "Inf - Inf",
            "NaN == bool NaN",
            "1 == bool 1",
            "g == g",
            "holes == holes",
            "holes != holes",
            "g / on(kind) tiny",
            "g / ignoring(instance) tiny",
            "g{kind=\"x\"} > on(kind) tiny",
            "g > bool on(kind) tiny",
            "tiny < ignoring(pod) g",
            "g and on(kind) tiny",
            "g unless on(kind) tiny",
            "g or flat",
            "g or on(kind) peaks",
            "g and on() (flat > 40)",
            "g and on() (flat > 50)",
            "vector(1) or g",
            "up == 0 or absent(up)",
            "sum(rate(auren_webhook_requests_total{status=~\"5..\"}[5m])) / sum(rate(auren_webhook_requests_total[5m]))",
            "sum(rate(auren_webhook_requests_total{status=\"418\"}[5m])) / sum(rate(auren_webhook_requests_total[5m]))",
            "sum(no_such_metric) or vector(0)",
            "count(sum by (pod) (rate(auren_webhook_requests_total[10m])) > 0)",
            "max(deriv(container_memory_working_set_bytes[6h])) * 3600 / 1048576",
            "'text'",
            "g[1m]",
            "sum by (kind, nothing) (peaks)",
            "sum(g) by (kind)",
            "rate(resets_total[1h30m])",
            "auren_webhook_requests_total{status=~\"2.*|401\"} # with a remark");

    /** What both must refuse, with the same status. */
    private static final List<String> REFUSED = List.of(
            "",
            "sum(rate(",
            "sum(",
            "g{",
            "g{kind=}",
            "g[5]",
            "g[0m]",
            "g offset 0s",
            "rate(g)",
            "rate(g[5m]",
            "sum_over_time(g)",
            "abs(1)",
            "abs()",
            "abs(g, g)",
            "no_such_function(g)",
            "g + 'text'",
            "1 == 1",
            "1 and 1",
            "{kind=~\".*\"}",
            "{}",
            "g{kind=~\"(\"}",
            "1 +",
            "g offset",
            "g and bool g",
            "auren_webhook_requests_total / on(job) g",
            "auren_webhook_requests_total / on(pod) up",
            "up / on(job) up",
            "rate({__name__=~\"g|peaks\", kind=~\".+\"}[5m]) + rate({__name__=~\"g|flat|tiny\"}[5m])",
            "rate({__name__=~\"g|tiny\"}[5m])",
            "-{__name__=~\"g|tiny\"}",
            "{__name__=~\"g|tiny\"} * 2",
            "sum by (kind) ({__name__=~\"g|tiny\"}[5m])");

    @TempDir
    static Path folder;

    private static PrometheusServer real;
    private static PrometheusStandIn model;

    @BeforeAll
    static void start() {
        System.out.println("seed of the samples: " + SEED);
        SampledSeries samples = new SampledSeries(START, END, GAP, GAP_ENDS, SEED);
        real = PrometheusServer.holding(folder, samples.openMetrics());
        List<Series> functions = samples.functions();
        model = new PrometheusStandIn(() -> functions, new Files(), new VirtualClock(END), SampledSeries.INTERVAL);
        model.down(GAP, GAP_ENDS);
    }

    @AfterAll
    static void stop() {
        model.close();
        real.close();
    }

    @Test
    void whatThePlanAsksHasTheSameAnswers() throws Exception {
        // Given
        var queries = PlanQueries.all();
        assertThat(queries).hasSizeGreaterThan(15);

        // When / Then
        assertThat(differences(queries, NONE)).as("seed %s", SEED).isEmpty();
    }

    @Test
    void whatTheStandInClaimsToEvaluateHasTheSameAnswers() throws Exception {
        // When / Then
        assertThat(differences(CLAIMED, ROUNDING)).as("seed %s", SEED).isEmpty();
    }

    @Test
    void whatPrometheusRefusesTheStandInRefuses() throws Exception {
        // Given
        List<String> differences = new ArrayList<>();

        // When
        for (String query : REFUSED) {
            JsonNode expected = at(real.uri(), query, END);
            JsonNode found = at(model.uri(), query, END);
            String wanted = expected.path("errorType").asText("accepted");
            String seen = found.path("errorType").asText("accepted");
            if (!wanted.equals(seen)) {
                differences.add(
                        query + ": " + wanted + " " + expected.path("error").asText() + " / " + seen + " "
                                + found.path("error").asText());
            }
        }

        // Then
        assertThat(differences).as("query: Prometheus / stand-in").isEmpty();
    }

    private static List<String> differences(Iterable<String> queries, double tolerance) throws Exception {
        List<Instant> instants = List.of(
                END,
                END.minusMillis(7_300),
                GAP.minusSeconds(15),
                GAP.plusSeconds(100),
                GAP.plus(Duration.ofMinutes(5)).minusSeconds(15),
                GAP.plus(Duration.ofMinutes(10)),
                GAP_ENDS,
                GAP_ENDS.plusSeconds(31));
        List<String> differences = new ArrayList<>();
        for (String query : queries) {
            for (Instant instant : instants) {
                difference(at(real.uri(), query, instant), at(model.uri(), query, instant), tolerance)
                        .ifPresent(difference -> differences.add(query + " at " + instant + ": " + difference));
            }
            difference(over(real.uri(), query), over(model.uri(), query), tolerance)
                    .ifPresent(difference -> differences.add(query + " over an hour: " + difference));
        }
        return differences;
    }

    /** How the answer of the stand-in differs from that of Prometheus. */
    private static Optional<String> difference(JsonNode expected, JsonNode found, double tolerance) {
        String wanted = expected.path("errorType").asText("");
        String seen = found.path("errorType").asText("");
        if (!wanted.equals(seen)) {
            return Optional.of("'" + wanted + "' " + expected.path("error").asText() + " / '" + seen + "' "
                    + found.path("error").asText());
        }
        String type = expected.path("data").path("resultType").asText();
        if (!type.equals(found.path("data").path("resultType").asText())) {
            return Optional.of(type + " / " + found.path("data").path("resultType"));
        }
        Map<String, JsonNode> all = bySeries(expected, type);
        Map<String, JsonNode> others = bySeries(found, type);
        if (!all.keySet().equals(others.keySet())) {
            return Optional.of(all.keySet() + " / " + others.keySet());
        }
        return all.keySet().stream()
                .flatMap(series -> differing(series, all.get(series), others.get(series), tolerance).stream())
                .findFirst();
    }

    private static Map<String, JsonNode> bySeries(JsonNode answer, String type) {
        Map<String, JsonNode> series = new TreeMap<>();
        JsonNode result = answer.path("data").path("result");
        if (type.equals("scalar") || type.equals("string")) {
            series.put("", JSON.createArrayNode().add(result));
            return series;
        }
        result.forEach(one -> {
            JsonNode values = one.has("values")
                    ? one.path("values")
                    : JSON.createArrayNode().add(one.path("value"));
            series.put(labels(one.path("metric")), values);
        });
        return series;
    }

    private static String labels(JsonNode metric) {
        Map<String, String> labels = new TreeMap<>();
        metric.properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels.toString();
    }

    private static Optional<String> differing(String series, JsonNode expected, JsonNode found, double tolerance) {
        if (expected.size() != found.size()) {
            return Optional.of(series + " has " + expected.size() + " / " + found.size() + " values");
        }
        for (int i = 0; i < expected.size(); i++) {
            JsonNode wanted = expected.path(i);
            JsonNode seen = found.path(i);
            if (wanted.path(0).asDouble() != seen.path(0).asDouble()
                    || !same(wanted.path(1).asText(), seen.path(1).asText(), tolerance)) {
                return Optional.of(series + " " + wanted + " / " + seen);
            }
        }
        return Optional.empty();
    }

    private static boolean same(String wanted, String seen, double tolerance) {
        if (wanted.equals(seen)) {
            return true;
        }
        try {
            double one = Double.parseDouble(wanted);
            double other = Double.parseDouble(seen);
            return Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
        } catch (NumberFormatException notBothFinite) {
            return false;
        }
    }

    private static JsonNode at(URI server, String query, Instant instant) throws Exception {
        return get(server, "/api/v1/query?query=" + encoded(query) + "&time=" + instant.toEpochMilli() / 1000.0);
    }

    private static JsonNode over(URI server, String query) throws Exception {
        Instant from = END.minus(Duration.ofHours(1));
        return get(
                server,
                "/api/v1/query_range?query=" + encoded(query) + "&start=" + from.getEpochSecond() + "&end="
                        + END.getEpochSecond() + "&step=61");
    }

    private static JsonNode get(URI server, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The jobs of the samples, and no rules. */
    private static final class Files implements ConfigFiles {
        @Override
        public String config() {
            return "scrape_configs: [{job_name: biometric-bridge}, {job_name: kubernetes-cadvisor}]\n";
        }

        @Override
        public List<String> rules() {
            return List.of("groups: []\n");
        }
    }
}
