package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.promql.Expr;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.Parser;
import io.longwatch.sandbox.prometheus.promql.Value.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Targets as the series {@code up} shows them. */
final class TargetHealth {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Expr.Selector UP = (Expr.Selector) Parser.parse("up");
    private final List<Point> scraped;

    TargetHealth(ScrapeLog log, Instant now) {
        this.scraped = log.at(UP, now.toEpochMilli());
    }

    ObjectNode of(Series up) {
        Map<String, String> labels = new TreeMap<>(up.labels());
        labels.put(Labels.NAME, "up");
        Labels wanted = Labels.of(labels);
        String health = scraped.stream()
                .filter(point -> point.labels().equals(wanted))
                .findFirst()
                .map(point -> point.number() == 1 ? "up" : "down")
                .orElse("unknown");
        String instance = up.labels().getOrDefault("instance", "");
        String address = "http://" + instance + "/metrics";
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        target.set("labels", MAPPER.valueToTree(new TreeMap<>(up.labels())));
        return target.put("scrapePool", up.labels().getOrDefault("job", ""))
                .put("scrapeUrl", address)
                .put("lastError", health.equals("down") ? "Get \"" + address + "\": connect: connection refused" : "")
                .put("health", health);
    }
}
