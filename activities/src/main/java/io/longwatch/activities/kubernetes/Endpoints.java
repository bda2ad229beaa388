package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where Services can be reached, and how many ready endpoints stand behind them. */
final class Endpoints {
    private static final int MOST = 20;

    private final Cluster cluster;
    private final List<? extends JsonNode> services;

    Endpoints(Cluster cluster, List<? extends JsonNode> services) {
        this.cluster = cluster;
        this.services = services;
    }

    static Endpoints none(Cluster cluster) {
        return new Endpoints(cluster, List.of());
    }

    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (JsonNode service : services) {
            for (JsonNode port : service.at("/spec/ports")) {
                hosts(service)
                        .forEach(host ->
                                addresses.add(host + ":" + port.path("port").asText()));
            }
        }
        return addresses.stream().limit(MOST).toList();
    }

    int ready() {
        return services.stream().mapToInt(this::ready).sum();
    }

    private static List<String> hosts(JsonNode service) {
        List<String> hosts = new ArrayList<>();
        JsonNode spec = service.path("spec");
        hosts.add(spec.path("clusterIP").asText());
        hosts.add(spec.path("externalName").asText());
        spec.path("externalIPs").forEach(ip -> hosts.add(ip.asText()));
        for (JsonNode ingress : service.at("/status/loadBalancer/ingress")) {
            hosts.add(ingress.path("hostname").asText());
            hosts.add(ingress.path("ip").asText());
        }
        return hosts.stream()
                .filter(host -> !host.isEmpty() && !"None".equals(host))
                .toList();
    }

    private int ready(JsonNode service) {
        String namespace = service.at("/metadata/namespace").asText();
        String name = service.at("/metadata/name").asText();
        var slices = cluster.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", name);
        int ready = count(slices.list().getItems());
        return ready > 0 ? ready : older(namespace, name);
    }

    /** A dual-stack Service has a slice per family; a pod stands in both. */
    private static int count(List<EndpointSlice> slices) {
        Set<String> seen = new HashSet<>();
        for (EndpointSlice slice : slices) {
            for (var endpoint : slice.getEndpoints()) {
                boolean ready = endpoint.getConditions() == null
                        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
                if (ready) {
                    var pod = endpoint.getTargetRef();
                    seen.add(pod == null ? endpoint.getAddresses().toString() : pod.getName());
                }
            }
        }
        return seen.size();
    }

    private int older(String namespace, String name) {
        var endpoints = cluster.client()
                .endpoints()
                .inNamespace(namespace)
                .withName(name)
                .get();
        return endpoints == null
                ? 0
                : endpoints.getSubsets().stream()
                        .mapToInt(subset -> subset.getAddresses().size())
                        .sum();
    }
}
