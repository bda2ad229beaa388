package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.sandbox.prometheus.RangeQueries;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets the stand-in of Grafana read a real Prometheus. */
final class RealQueries implements RangeQueries {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI prometheus;
    private final HttpClient client = HttpClient.newHttpClient();

    RealQueries(URI prometheus) {
        this.prometheus = prometheus;
    }

    @Override
    public boolean isDown() {
        return false;
    }

    @Override
    public List<Run> queryRange(String query, Instant start, Instant end, Duration step) {
        String page = "/api/v1/query_range?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&start="
                + start.getEpochSecond() + "&end=" + end.getEpochSecond() + "&step=" + step.toSeconds();
        try {
            String answer = client.send(
                            HttpRequest.newBuilder(prometheus.resolve(page))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return runs(JSON.readTree(answer));
        } catch (IOException e) {
            throw new IllegalStateException("Prometheus does not answer '" + query + "'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<Run> runs(JsonNode answer) {
        if (!"success".equals(answer.path("status").asText())) {
            throw new IllegalStateException("Prometheus refuses: " + answer);
        }
        List<Run> runs = new ArrayList<>();
        for (JsonNode series : answer.at("/data/result")) {
            Map<String, String> labels = new TreeMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            JsonNode values = series.path("values");
            long[] times = new long[values.size()];
            double[] numbers = new double[values.size()];
            for (int i = 0; i < values.size(); i++) {
                times[i] = Math.round(values.get(i).get(0).asDouble() * 1000);
                numbers[i] = number(values.get(i).get(1).asText());
            }
            runs.add(new Run(Labels.of(labels), times, numbers));
        }
        return runs;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
