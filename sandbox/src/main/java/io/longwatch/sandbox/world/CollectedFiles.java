package io.longwatch.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.sandbox.prometheus.ConfigFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Prometheus with a sidecar reads: its own file, and those of ConfigMaps with the label that the sidecar collects.
 * The scrape jobs stand in one configuration with its own, where a real one would keep them in files beside it.
 */
final class CollectedFiles implements ConfigFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String COLLECTED =
            "/api/v1/namespaces/monitoring/configmaps?labelSelector=prometheus%3Dcollect";

    private final ClusterApi cluster;
    private final String own;

    CollectedFiles(ClusterApi cluster, String own) {
        this.cluster = cluster;
        this.own = own;
    }

    @Override
    public String config() {
        try {
            ObjectNode config = (ObjectNode) YAML.readTree(own);
            ArrayNode jobs = config.withArray("scrape_configs");
            for (String file : files("scrape.yml")) {
                YAML.readTree(file).path("scrape_configs").forEach(jobs::add);
            }
            return YAML.writeValueAsString(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> rules() {
        return files("rules.yml");
    }

    private List<String> files(String key) {
        List<String> files = new ArrayList<>();
        for (JsonNode map : cluster.get(COLLECTED).path("items")) {
            if (map.path("data").hasNonNull(key)) {
                files.add(map.path("data").path(key).asText());
            }
        }
        return files;
    }
}
