package io.longwatch.sandbox.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.RangeQueries;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.PromqlException;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Runs queries of panels against Prometheus and answers in data frames. */
final class PanelQueries {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final RangeQueries prometheus;

    PanelQueries(RangeQueries prometheus) {
        this.prometheus = prometheus;
    }

    ObjectNode run(JsonNode request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode results = answer.putObject("results");
        Instant from = Instant.ofEpochMilli(request.path("from").asLong());
        Instant to = Instant.ofEpochMilli(request.path("to").asLong());
        for (JsonNode query : request.path("queries")) {
            results.set(query.path("refId").asText("A"), result(query, from, to));
        }
        return answer;
    }

    private ObjectNode result(JsonNode query, Instant from, Instant to) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("status", 200);
        if (prometheus.isDown()) {
            return result.put("status", 502).put("error", "Post \"/api/v1/query_range\": connect: connection refused");
        }
        Duration step =
                Duration.ofMillis(Math.max(1000, query.path("intervalMs").asLong(15_000)));
        String expr = query.path("expr")
                .asText()
                .replace("$__rate_interval", "1m")
                .replace("$__interval", step.toSeconds() + "s")
                .replace("$__range", Duration.between(from, to).toSeconds() + "s");
        try {
            ArrayNode frames = result.putArray("frames");
            boolean instant = query.path("instant").asBoolean();
            for (Run run : prometheus.queryRange(expr, instant ? to : from, to, step)) {
                frames.add(frame(run));
            }
            return result;
        } catch (PromqlException e) {
            return result.put("status", 400).put("error", "bad_data: " + e.getMessage());
        }
    }

    private static ObjectNode frame(Run run) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        ArrayNode fields = frame.putObject("schema").putArray("fields");
        fields.addObject().put("name", "Time").put("type", "time");
        Map<String, String> labels = run.labels().all();
        fields.addObject()
                .put("name", labels.getOrDefault(Labels.NAME, "Value"))
                .put("type", "number")
                .set("labels", MAPPER.valueToTree(labels));
        ArrayNode values = frame.putObject("data").putArray("values");
        ArrayNode times = values.addArray();
        ArrayNode numbers = values.addArray();
        for (int i = 0; i < run.times().length; i++) {
            times.add(run.times()[i]);
            double number = run.numbers()[i];
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                numbers.addNull();
            } else {
                numbers.add(number);
            }
        }
        return frame;
    }
}
