package io.longwatch.sandbox.kubernetes;

import java.util.List;
import java.util.Optional;

/** The kinds of object that the stand-in knows. */
final class Kinds {
    static final Kind NAMESPACE = cluster("", "v1", "Namespace", "namespaces", List.of("status"), "ns");
    static final Kind NODE = cluster("", "v1", "Node", "nodes", List.of("status"), "no");
    static final Kind POD = namespaced("", "v1", "Pod", "pods", List.of("status", "log", "portforward"), "po");
    static final Kind SERVICE = namespaced("", "v1", "Service", "services", List.of("status"), "svc");
    static final Kind ENDPOINTS = namespaced("", "v1", "Endpoints", "endpoints", List.of(), "ep");
    static final Kind CONFIG_MAP = namespaced("", "v1", "ConfigMap", "configmaps", List.of(), "cm");
    static final Kind SECRET = namespaced("", "v1", "Secret", "secrets", List.of());
    static final Kind EVENT = namespaced("", "v1", "Event", "events", List.of(), "ev");
    static final Kind DEPLOYMENT =
            namespaced("apps", "v1", "Deployment", "deployments", List.of("status", "scale"), "deploy");
    static final Kind REPLICA_SET =
            namespaced("apps", "v1", "ReplicaSet", "replicasets", List.of("status", "scale"), "rs");
    static final Kind AUTOSCALER = namespaced(
            "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", List.of("status"), "hpa");
    static final Kind ENDPOINT_SLICE =
            namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", List.of());

    static final List<Kind> ALL = List.of(
            NAMESPACE,
            NODE,
            POD,
            SERVICE,
            ENDPOINTS,
            CONFIG_MAP,
            SECRET,
            EVENT,
            namespaced("", "v1", "ServiceAccount", "serviceaccounts", List.of(), "sa"),
            namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", List.of("status"), "pvc"),
            DEPLOYMENT,
            REPLICA_SET,
            AUTOSCALER,
            namespaced("batch", "v1", "Job", "jobs", List.of("status")),
            namespaced("batch", "v1", "CronJob", "cronjobs", List.of("status"), "cj"),
            ENDPOINT_SLICE,
            namespaced("networking.k8s.io", "v1", "Ingress", "ingresses", List.of("status"), "ing"),
            namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", List.of(), "netpol"),
            namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", List.of("status"), "pdb"),
            namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles", List.of()),
            namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", List.of()),
            namespaced("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors", List.of(), "smon"),
            namespaced("monitoring.coreos.com", "v1", "PrometheusRule", "prometheusrules", List.of(), "promrule"));

    private Kinds() {}

    static Optional<Kind> find(String group, String version, String plural) {
        return ALL.stream()
                .filter(k -> k.group().equals(group)
                        && k.version().equals(version)
                        && k.plural().equals(plural))
                .findFirst();
    }

    private static Kind cluster(
            String group, String version, String name, String plural, List<String> sub, String... shortNames) {
        return new Kind(group, version, name, plural, false, sub, List.of(shortNames));
    }

    private static Kind namespaced(
            String group, String version, String name, String plural, List<String> sub, String... shortNames) {
        return new Kind(group, version, name, plural, true, sub, List.of(shortNames));
    }
}
