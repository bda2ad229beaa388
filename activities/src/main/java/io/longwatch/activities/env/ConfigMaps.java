package io.longwatch.activities.env;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.activities.kubernetes.Cluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The data of ConfigMaps by their names. One that does not exist has none. */
final class ConfigMaps {
    private ConfigMaps() {}

    static Map<String, Map<String, String>> of(List<ObjectNode> objects) {
        Map<String, Map<String, String>> maps = new HashMap<>();
        for (ObjectNode object : objects) {
            if ("ConfigMap".equals(object.path("kind").asText())) {
                Map<String, String> data = new HashMap<>();
                object.path("data")
                        .properties()
                        .forEach(entry ->
                                data.put(entry.getKey(), entry.getValue().asText()));
                maps.put(object.at("/metadata/name").asText(), data);
            }
        }
        return maps;
    }

    static Function<String, Map<String, String>> of(Cluster cluster, String namespace) {
        Map<String, Map<String, String>> read = new HashMap<>();
        return name -> read.computeIfAbsent(name, wanted -> read(cluster, namespace, wanted));
    }

    private static Map<String, String> read(Cluster cluster, String namespace, String name) {
        var map = cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return map == null || map.getData() == null ? Map.of() : map.getData();
    }
}
