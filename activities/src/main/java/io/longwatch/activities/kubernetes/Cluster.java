package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as one connection sees it.
 *
 * @param client its client, shared by all steps of the connection
 * @param defaultNamespace namespace of steps that name none
 */
public record Cluster(KubernetesClient client, String defaultNamespace) {
    /** The wished namespace, or the connection's. */
    public String namespace(@Nullable String wished) {
        return wished == null ? defaultNamespace : wished;
    }
}
