package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.prometheus.RuleGroup.Rule;
import io.longwatch.sandbox.prometheus.promql.PromqlException;
import io.longwatch.sandbox.prometheus.promql.Value;
import java.time.Duration;
import java.time.Instant;

/** How the loaded rules fare at an instant: they are evaluated at whole multiples of the interval after loading. */
final class RuleStates {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Queries queries;
    private final long interval;
    private final Configuration configuration;
    private final long now;

    RuleStates(Queries queries, Duration interval, Configuration configuration, Instant now) {
        this.queries = queries;
        this.interval = interval.toMillis();
        this.configuration = configuration;
        this.now = now.toEpochMilli();
    }

    ObjectNode all() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode groups = data.putArray("groups");
        for (RuleGroup group : configuration.groups()) {
            ObjectNode shown = groups.addObject()
                    .put("name", group.name())
                    .put("file", "/etc/prometheus/rules.yml")
                    .put("interval", interval / 1000.0);
            ArrayNode rules = shown.putArray("rules");
            group.rules().forEach(rule -> rules.add(shown(rule)));
        }
        return data;
    }

    private ObjectNode shown(Rule rule) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", rule.name()).put("query", rule.query()).put("type", rule.alert() ? "alerting" : "recording");
        shown.set("labels", MAPPER.valueToTree(rule.labels()));
        if (rule.alert()) {
            shown.put("duration", rule.hold().toMillis() / 1000.0);
            shown.set("annotations", MAPPER.valueToTree(rule.annotations()));
            shown.putArray("alerts");
            shown.put("state", "inactive");
        }
        long last = Math.floorDiv(now, interval) * interval;
        if (last < configuration.loadedAt().toEpochMilli()) {
            return shown.put("health", "unknown");
        }
        try {
            String state = state(rule, last);
            return (rule.alert() ? shown.put("state", state) : shown).put("health", "ok");
        } catch (PromqlException e) {
            return shown.put("health", "err").put("lastError", e.getMessage());
        }
    }

    private String state(Rule rule, long last) {
        if (!active(rule, last)) {
            return "inactive";
        }
        for (long at = last - interval; at >= last - rule.hold().toMillis(); at -= interval) {
            if (at < configuration.loadedAt().toEpochMilli() || !active(rule, at)) {
                return "pending";
            }
        }
        return "firing";
    }

    private boolean active(Rule rule, long at) {
        Value value = queries.at(rule.expr(), at);
        return !(value instanceof Value.Vector vector) || !vector.points().isEmpty();
    }
}
