package io.longwatch.sandbox.prometheus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.sandbox.prometheus.RuleGroup.BadConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What has been loaded from the files at an instant.
 *
 * @param text prometheus.yml
 * @param jobs names of its scrape jobs
 * @param ruleFiles its rule files
 * @param groups the rules in them
 * @param loadedAt since when these rules are evaluated
 */
record Configuration(String text, Set<String> jobs, List<String> ruleFiles, List<RuleGroup> groups, Instant loadedAt) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    Configuration {
        jobs = Set.copyOf(jobs);
        ruleFiles = List.copyOf(ruleFiles);
        groups = List.copyOf(groups);
    }

    Configuration loadedAt(Instant since) {
        return new Configuration(text, jobs, ruleFiles, groups, since);
    }

    /**
     * Reads the files.
     *
     * @throws BadConfiguration if Prometheus would refuse them
     */
    static Configuration load(ConfigFiles files, Instant now) {
        String text = files.config();
        List<RuleGroup> groups = new ArrayList<>();
        List<String> ruleFiles = files.rules();
        ruleFiles.forEach(file -> groups.addAll(RuleGroup.read(file)));
        return new Configuration(text, jobs(text), ruleFiles, groups, now);
    }

    private static Set<String> jobs(String text) {
        Set<String> jobs = new LinkedHashSet<>();
        try {
            for (JsonNode job : YAML.readTree(text).path("scrape_configs")) {
                String name = job.path("job_name").asText();
                if (name.isEmpty()) {
                    throw new BadConfiguration("job_name is empty");
                }
                if (!jobs.add(name)) {
                    throw new BadConfiguration("found multiple scrape configs with job name \"" + name + "\"");
                }
            }
            return jobs;
        } catch (JsonProcessingException e) {
            throw new BadConfiguration("parsing YAML file prometheus.yml: " + e.getOriginalMessage());
        }
    }
}
