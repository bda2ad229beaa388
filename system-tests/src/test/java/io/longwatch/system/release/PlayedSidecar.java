package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.longwatch.system.parts.PrometheusServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Plays the sidecar that collects labelled ConfigMaps for Prometheus. In a cluster Prometheus would find pods and reach
 * them by itself (Debian's is built without discovery in Kubernetes); here the sidecar writes into each job where their
 * file is and which proxy leads to them.
 */
final class PlayedSidecar implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final PodNetwork network;
    private final PrometheusServer prometheus;
    private final SharedIndexInformer<ConfigMap> maps;

    PlayedSidecar(KubernetesClient client, String namespace, PodNetwork network, PrometheusServer prometheus) {
        this.network = network;
        this.prometheus = prometheus;
        maps = client.configMaps()
                .inNamespace(namespace)
                .withLabel("prometheus", "collect")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ConfigMap map) {
                        collect(List.of(map));
                    }

                    @Override
                    public void onUpdate(ConfigMap before, ConfigMap map) {
                        collect(List.of(map));
                    }

                    @Override
                    public void onDelete(ConfigMap map, boolean unknown) {
                        collect(List.of());
                    }
                });
    }

    /** What Prometheus has of its own. */
    static String own(PodNetwork network) {
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs:
                - job_name: kubernetes-cadvisor
                  honor_labels: true
                  static_configs: [{targets: ["%s"]}]
                """.formatted(network.address());
    }

    private synchronized void collect(List<ConfigMap> found) {
        try {
            ObjectNode config = (ObjectNode) YAML.readTree(own(network));
            ArrayNode jobs = config.withArray("scrape_configs");
            ArrayNode groups = YAML.createArrayNode();
            for (ConfigMap map : found) {
                for (JsonNode job :
                        YAML.readTree(map.getData().get("scrape.yml")).path("scrape_configs")) {
                    jobs.add(reaching((ObjectNode) job));
                }
                YAML.readTree(map.getData().get("rules.yml")).path("groups").forEach(groups::add);
            }
            ObjectNode rules = YAML.createObjectNode();
            rules.set("groups", groups);
            prometheus.write(YAML.writeValueAsString(config), YAML.writeValueAsString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode reaching(ObjectNode job) {
        if (job.remove("kubernetes_sd_configs") != null) {
            job.putArray("file_sd_configs")
                    .addObject()
                    .putArray("files")
                    .add(network.targets().toString());
        }
        return job.put("proxy_url", "http://" + network.address());
    }

    @Override
    public void close() {
        maps.stop();
    }
}
