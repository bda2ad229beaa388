package io.longwatch.activities.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.contract.Failures;
import io.longwatch.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a Prometheus has loaded.
 *
 * @param digest SHA-256 over configuration and rules
 * @param jobs names of its scrape jobs
 * @param rules names of its rules
 */
record Loaded(String digest, Set<String> jobs, Set<String> rules) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static Loaded of(PrometheusApi api) {
        String config = api.config();
        List<JsonNode> rules = api.rules();
        MessageDigest digest = Sha256.digest();
        digest.update(config.getBytes(StandardCharsets.UTF_8));
        for (JsonNode rule : rules) {
            String text = rule.path("name").asText() + "\n" + rule.path("query").asText() + "\n"
                    + rule.path("duration").asText() + "\n" + rule.path("labels") + "\n" + rule.path("annotations");
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        Set<String> names = new TreeSet<>();
        rules.forEach(rule -> names.add(rule.path("name").asText()));
        return new Loaded("sha256:" + HexFormat.of().formatHex(digest.digest()), jobs(api, config), names);
    }

    private static Set<String> jobs(PrometheusApi api, String config) {
        try {
            Set<String> jobs = new TreeSet<>();
            YAML.readTree(config)
                    .path("scrape_configs")
                    .forEach(job -> jobs.add(job.path("job_name").asText()));
            return jobs;
        } catch (JsonProcessingException e) {
            throw Failures.failed(api.here() + " shows a configuration that is no YAML", e);
        }
    }

    String shown() {
        return jobs.size() + " jobs and " + rules.size() + " rules loaded";
    }
}
