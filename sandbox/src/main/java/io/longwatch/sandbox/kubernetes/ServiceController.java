package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Gives Services their addresses, and keeps the Endpoints and EndpointSlice of those that select pods. */
final class ServiceController implements Controller {
    private static final String LOAD_BALANCER = "127.0.0.1";

    private final ObjectStore store;
    private int lastAddress = 10;

    ServiceController(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void reconcile() {
        store.list(Kinds.SERVICE, "").forEach(service -> {
            address(service);
            store.put(Kinds.SERVICE, service);
            if (!Tree.at(service, "spec", "selector").isEmpty()) {
                endpoints(service);
            }
        });
    }

    private void address(ObjectNode service) {
        ObjectNode spec = Tree.child(service, "spec");
        String type = Tree.text(spec, "type");
        if (!spec.hasNonNull("clusterIP") && !type.equals("ExternalName")) {
            lastAddress++;
            String address = "10.96." + lastAddress / 250 + "." + lastAddress % 250;
            spec.put("clusterIP", address).putArray("clusterIPs").add(address);
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            spec.path("ports").forEach(port -> Tree.putIfAbsent((ObjectNode) port, "nodePort", 30000 + ++lastAddress));
        }
        ObjectNode balancer = Tree.child(service, "status", "loadBalancer");
        if (type.equals("LoadBalancer") && !balancer.has("ingress")) {
            balancer.putArray("ingress").addObject().put("ip", LOAD_BALANCER);
        } else if (!type.equals("LoadBalancer")) {
            balancer.remove("ingress");
        }
    }

    private void endpoints(ObjectNode service) {
        LabelSelector selector = LabelSelector.of(Tree.at(service, "spec", "selector"));
        List<ObjectNode> pods = store.list(Kinds.POD, Tree.text(service, "metadata", "namespace")).stream()
                .filter(pod ->
                        selector.matches(pod) && Tree.at(pod, "status", "podIP").isTextual())
                .toList();
        String name = Tree.text(service, "metadata", "name");
        save(Kinds.ENDPOINTS, service, name, endpointsOf(service, pods));
        save(Kinds.ENDPOINT_SLICE, service, name + "-" + Hashes.name(name).substring(0, 5), sliceOf(service, pods));
    }

    private static ObjectNode endpointsOf(ObjectNode service, List<ObjectNode> pods) {
        ObjectNode endpoints = Tree.object();
        ArrayNode subsets = endpoints.putArray("subsets");
        if (pods.isEmpty()) {
            return endpoints;
        }
        ObjectNode subset = subsets.addObject();
        for (ObjectNode pod : pods) {
            String list = Pods.isReady(pod) ? "addresses" : "notReadyAddresses";
            ArrayNode addresses = subset.get(list) instanceof ArrayNode found ? found : subset.putArray(list);
            ObjectNode address = addresses.addObject().put("ip", Tree.text(pod, "status", "podIP"));
            address.put("nodeName", Tree.text(pod, "spec", "nodeName")).set("targetRef", reference(pod));
        }
        subset.set("ports", portsOf(service, pods.get(0)));
        return endpoints;
    }

    private static ObjectNode sliceOf(ObjectNode service, List<ObjectNode> pods) {
        ObjectNode slice = Tree.object();
        slice.put("addressType", "IPv4");
        ArrayNode endpoints = slice.putArray("endpoints");
        for (ObjectNode pod : pods) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(Tree.text(pod, "status", "podIP"));
            boolean ready = Pods.isReady(pod);
            endpoint.putObject("conditions")
                    .put("ready", ready)
                    .put("serving", ready)
                    .put("terminating", false);
            endpoint.put("nodeName", Tree.text(pod, "spec", "nodeName")).set("targetRef", reference(pod));
        }
        slice.set("ports", pods.isEmpty() ? Tree.array() : portsOf(service, pods.get(0)));
        return slice;
    }

    private static ObjectNode reference(ObjectNode pod) {
        return Tree.object()
                .put("kind", "Pod")
                .put("namespace", Tree.text(pod, "metadata", "namespace"))
                .put("name", Tree.text(pod, "metadata", "name"))
                .put("uid", Tree.text(pod, "metadata", "uid"));
    }

    private static ArrayNode portsOf(ObjectNode service, ObjectNode pod) {
        ArrayNode ports = Tree.array();
        Tree.items(service, "spec", "ports").forEach(port -> {
            ObjectNode target = ports.addObject();
            if (port.hasNonNull("name")) {
                target.set("name", port.get("name"));
            }
            target.put("port", numberOf(port.path("targetPort"), pod));
            target.set("protocol", port.path("protocol"));
        });
        return ports;
    }

    private static int numberOf(JsonNode targetPort, ObjectNode pod) {
        if (targetPort.isInt()) {
            return targetPort.intValue();
        }
        return Tree.items(pod, "spec", "containers")
                .flatMap(container -> Tree.items(container, "ports"))
                .filter(port -> Tree.text(port, "name").equals(targetPort.asText()))
                .mapToInt(port -> Tree.integer(port, 0, "containerPort"))
                .findFirst()
                .orElse(0);
    }

    private void save(Kind kind, ObjectNode service, String name, ObjectNode wanted) {
        ObjectKey key = new ObjectKey(kind, Tree.text(service, "metadata", "namespace"), name);
        wanted.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
        ObjectNode former = store.find(key).orElse(null);
        if (former != null) {
            wanted.set("metadata", former.get("metadata"));
            store.put(kind, wanted);
            return;
        }
        ObjectNode metadata = wanted.putObject("metadata");
        metadata.put("name", name).put("namespace", key.namespace());
        metadata.putObject("labels")
                .put("kubernetes.io/service-name", Tree.text(service, "metadata", "name"))
                .put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        Owners.setController(wanted, Kinds.SERVICE, service);
        store.create(kind, wanted);
    }
}
