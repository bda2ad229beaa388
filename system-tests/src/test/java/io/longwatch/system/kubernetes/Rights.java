package io.longwatch.system.kubernetes;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/** What a worker's account needs in a namespace that it releases to, and nothing else. No action watches. */
final class Rights {
    static final PolicyRule[] OF_A_WORKER = {
        rule("apps", List.of("deployments"), "get", "create", "patch", "update", "delete"),
        rule("apps", List.of("replicasets"), "list"),
        rule("", List.of("pods"), "get", "list"),
        rule("", List.of("pods/log"), "get"),
        rule("", List.of("pods/portforward"), "get", "create"),
        rule("", List.of("services", "configmaps"), "get", "list", "create", "patch", "update", "delete"),
        rule("", List.of("secrets", "endpoints"), "get"),
        rule("discovery.k8s.io", List.of("endpointslices"), "list"),
        rule("autoscaling", List.of("horizontalpodautoscalers"), "list")
    };

    private Rights() {}

    private static PolicyRule rule(String group, List<String> resources, String... verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
