package io.longwatch.system.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every expression that the bridge's plan, rules and dashboard ask Prometheus. */
final class PlanQueries {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Set<String> found = new LinkedHashSet<>();

    static Set<String> all() throws IOException {
        Path plan = Path.of(System.getProperty("longwatch.checkout"), "plans", "auren-biometric-bridge");
        PlanQueries queries = new PlanQueries();
        for (String file : List.of("plan.yaml", "monitoring/prometheus.yaml", "monitoring/grafana-dashboard.json")) {
            queries.collect(YAML.readTree(plan.resolve(file).toFile()));
        }
        return queries.found;
    }

    private void collect(JsonNode node) throws IOException {
        for (String field : List.of("query", "expr")) {
            if (node.path(field).isTextual()) {
                found.add(filledIn(node.path(field).asText()));
            }
        }
        if (node.isTextual() && node.asText().startsWith("groups:")) {
            collect(YAML.readTree(node.asText()));
        }
        for (JsonNode child : node) {
            collect(child);
        }
    }

    private static String filledIn(String query) {
        return query.replace("${{ params.namespace }}", "production")
                .replace("${{ params.p99Limit }}", "150.0")
                .replace("${{ steps.bridge-pods.result.names[0] }}", "biometric-bridge-a")
                .replace("${{ steps.bridge-pods.result.names[1] }}", "biometric-bridge-b");
    }
}
