package io.longwatch.sandbox.kubernetes;

import java.util.List;

/**
 * A kind of object that the stand-in stores.
 *
 * @param group API group, empty for the core
 * @param version version of the group
 * @param name "Deployment"
 * @param plural "deployments"
 * @param namespaced whether its objects stand in a namespace
 * @param subresources "scale", "status", "log", "portforward"
 * @param shortNames names kubectl takes for it
 */
record Kind(
        String group,
        String version,
        String name,
        String plural,
        boolean namespaced,
        List<String> subresources,
        List<String> shortNames) {
    Kind {
        subresources = List.copyOf(subresources);
        shortNames = List.copyOf(shortNames);
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As it stands in messages: "deployments.apps". */
    String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** As it stands in messages on invalid objects: "Deployment.apps". */
    String qualifiedName() {
        return group.isEmpty() ? name : name + "." + group;
    }

    boolean hasStatus() {
        return subresources.contains("status");
    }
}
