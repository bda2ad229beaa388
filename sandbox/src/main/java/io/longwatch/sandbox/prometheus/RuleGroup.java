package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.sandbox.prometheus.promql.Expr;
import io.longwatch.sandbox.prometheus.promql.Parser;
import io.longwatch.sandbox.prometheus.promql.PromqlException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of a rule file.
 *
 * @param name its name
 * @param rules its rules in order
 */
record RuleGroup(String name, List<Rule> rules) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|[smhd])");

    RuleGroup {
        rules = List.copyOf(rules);
    }

    /** Reads a rule file as Prometheus does: one bad rule and the file is refused. */
    static List<RuleGroup> read(String file) {
        try {
            List<RuleGroup> groups = new ArrayList<>();
            for (JsonNode group : YAML.readTree(file).path("groups")) {
                List<Rule> rules = new ArrayList<>();
                group.path("rules").forEach(rule -> rules.add(rule(rule)));
                groups.add(new RuleGroup(group.path("name").asText(), rules));
            }
            return groups;
        } catch (JsonProcessingException e) {
            throw new BadConfiguration("a rule file is no YAML: " + e.getOriginalMessage());
        }
    }

    private static Rule rule(JsonNode rule) {
        boolean alert = rule.has("alert");
        String name = rule.path(alert ? "alert" : "record").asText();
        String text = rule.path("expr").asText();
        if (name.isEmpty() || text.isEmpty()) {
            throw new BadConfiguration("a rule needs one of 'record' or 'alert', and 'expr'");
        }
        try {
            return new Rule(
                    alert,
                    name,
                    text,
                    Parser.parse(text),
                    duration(rule.path("for").asText("0s")),
                    texts(rule.path("labels")),
                    texts(rule.path("annotations")));
        } catch (PromqlException e) {
            throw new BadConfiguration("rule \"" + name + "\": could not parse expression: " + e.getMessage());
        }
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new TreeMap<>();
        map.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Duration duration(String text) {
        Matcher part = DURATION.matcher(text);
        Duration sum = Duration.ZERO;
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        return sum;
    }

    /** An alerting or recording rule. */
    record Rule(
            boolean alert,
            String name,
            String query,
            Expr expr,
            Duration hold,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    /** Files that Prometheus would not load. */
    static final class BadConfiguration extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadConfiguration(String message) {
            super(message);
        }
    }
}
