package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Sets the replicas of a Deployment under the resourceVersion it was read with. */
final class Replicas {
    private final Cluster cluster;

    Replicas(Cluster cluster) {
        this.cluster = cluster;
    }

    Deployment set(Deployment live, int replicas) {
        ObjectNode patch = Trees.MAPPER.createObjectNode();
        patch.withObjectProperty("metadata")
                .put("resourceVersion", live.getMetadata().getResourceVersion());
        patch.withObjectProperty("spec").put("replicas", replicas);
        PatchContext merge = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Release.MANAGER)
                .build();
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(live.getMetadata().getNamespace())
                .withName(live.getMetadata().getName())
                .patch(merge, patch.toString());
    }
}
