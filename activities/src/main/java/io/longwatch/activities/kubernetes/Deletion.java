package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Duration;

/** Deletes an object at the version that was looked at; what it owns goes with it in the background. */
final class Deletion {
    private final Invocation invocation;

    Deletion(Invocation invocation) {
        this.invocation = invocation;
    }

    void run(String title, Resource<GenericKubernetesResource> resource, GenericKubernetesResource live) {
        if (!live.isMarkedForDeletion()) {
            invocation.heartbeat("deleting " + title);
            resource.lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete();
        }
        if (resource.get() != null) {
            throw Failures.pending(title + " is being deleted", Duration.ofSeconds(2));
        }
    }
}
