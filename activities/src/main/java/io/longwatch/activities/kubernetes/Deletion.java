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

    /** Whether an earlier attempt began to delete it: some objects take their time to go. */
    boolean wasBegun(String title) {
        return invocation
                .lastHeartbeat(String.class)
                .filter(begun(title)::equals)
                .isPresent();
    }

    private static String begun(String title) {
        return "deleting " + title;
    }

    void run(String title, Resource<GenericKubernetesResource> resource, GenericKubernetesResource live) {
        if (!live.isMarkedForDeletion()) {
            invocation.renew(begun(title));
            resource.lockResourceVersion(live.getMetadata().getResourceVersion())
                    .delete();
        }
        if (resource.get() != null) {
            throw Failures.pending(title + " is being deleted", Duration.ofSeconds(2));
        }
    }
}
