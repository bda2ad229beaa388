package io.longwatch.activities.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.prometheus.RulesInput;
import io.longwatch.actions.prometheus.RulesResult;
import io.longwatch.contract.Failures;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** prometheus.rules: looks whether rules are loaded, evaluate and can fire. */
final class Rules {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final int MOST_PROBLEMS = 10;
    private static final int LONGEST = 200;
    private final RulesInput input;
    private final PrometheusApi api;
    private final Clock clock;

    Rules(RulesInput input, PrometheusApi api, Clock clock) {
        this.input = input;
        this.api = api;
        this.clock = clock;
    }

    RulesResult run() {
        List<JsonNode> loaded = api.rules();
        Findings findings = new Findings();
        for (String name : input.rules()) {
            List<JsonNode> all = loaded.stream()
                    .filter(rule -> rule.path("name").asText().equals(name))
                    .toList();
            if (all.isEmpty()) {
                findings.missing.add(name);
                findings.problem(name, "is not loaded");
            } else {
                findings.found.add(name);
                all.forEach(rule -> look(name, rule, findings));
            }
        }
        if (!findings.unevaluated.isEmpty()) {
            throw Failures.pending("not evaluated yet: " + String.join(", ", findings.unevaluated), LOOK_AGAIN);
        }
        return findings.result(input.rules().size(), input.checkSeriesOrDefault());
    }

    private void look(String name, JsonNode rule, Findings findings) {
        String health = rule.path("health").asText();
        if (health.equals("unknown")) {
            add(findings.unevaluated, name);
        } else if (!health.equals("ok")) {
            add(findings.unhealthy, name);
            findings.problem(
                    name, "does not evaluate: " + rule.path("lastError").asText("no reason given"));
        }
        if (rule.path("state").asText().equals("firing")) {
            add(findings.firing, name);
        }
        if (input.checkSeriesOrDefault()) {
            selectors(rule.path("query").asText()).forEach(selector -> look(name, selector, findings));
        }
    }

    /** A metric may have series of other labels, as one that counts errors by kind before the first of a kind. */
    private void look(String name, String selector, Findings findings) {
        if (live(selector)) {
            return;
        }
        if (MetricName.of(selector).filter(this::live).isPresent()) {
            add(findings.quiet, name);
        } else {
            add(findings.neverFiring, name);
            findings.problem(name, "matches no live series with " + selector);
        }
    }

    private Set<String> selectors(String query) {
        return api.parse(query).map(SyntaxTree::selectors).orElseGet(() -> Selectors.in(query));
    }

    private boolean live(String selector) {
        JsonNode data = api.query("count(" + selector + ")", clock.instant()).path("data");
        return !data.path("result").isEmpty();
    }

    private static void add(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** What was found, by kind. */
    private static final class Findings {
        private final List<String> found = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> unhealthy = new ArrayList<>();
        private final List<String> neverFiring = new ArrayList<>();
        private final List<String> quiet = new ArrayList<>();
        private final List<String> firing = new ArrayList<>();
        private final List<String> unevaluated = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        void problem(String rule, String what) {
            String text = rule + " " + what;
            problems.add(text.length() <= LONGEST ? text : shortened(text));
        }

        /** Prometheus names series first and the reason last. */
        private static String shortened(String text) {
            return text.substring(0, LONGEST / 2 - 1) + "…" + text.substring(text.length() - LONGEST / 2);
        }

        private static String firstOf(List<String> names) {
            return names.get(0) + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
        }

        RulesResult result(int asked, boolean seriesChecked) {
            long good = found.stream()
                    .filter(name -> !unhealthy.contains(name) && !neverFiring.contains(name))
                    .count();
            String summary = good + " of " + asked + " rules loaded, healthy"
                    + (seriesChecked ? ", able to fire" : "")
                    + (quiet.isEmpty() ? "" : "; quiet: " + firstOf(quiet))
                    + (problems.isEmpty() ? "" : "; " + problems.get(0));
            List<String> some = problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS));
            return new RulesResult(found, missing, unhealthy, neverFiring, quiet, firing, some, summary);
        }
    }
}
