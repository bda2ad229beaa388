package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Keeps Deployments within the bounds of their HorizontalPodAutoscaler, through the subresource {@code scale} as its
 * field manager. It reads no metrics: within the bounds it leaves the replicas as they are.
 */
final class AutoscalerController implements Controller {
    private final ObjectStore store;
    private final ResourceApi api;

    AutoscalerController(ObjectStore store, ResourceApi api) {
        this.store = store;
        this.api = api;
    }

    @Override
    public void reconcile() {
        store.list(Kinds.AUTOSCALER, "").forEach(this::reconcile);
    }

    private void reconcile(ObjectNode autoscaler) {
        String namespace = Tree.text(autoscaler, "metadata", "namespace");
        String target = Tree.text(autoscaler, "spec", "scaleTargetRef", "name");
        ObjectKey key = new ObjectKey(Kinds.DEPLOYMENT, namespace, target);
        boolean deployment =
                Tree.text(autoscaler, "spec", "scaleTargetRef", "kind").equals("Deployment");
        if (deployment && store.find(key).isPresent()) {
            hold(autoscaler, key, store.get(key));
        }
    }

    private void hold(ObjectNode autoscaler, ObjectKey key, ObjectNode deployment) {
        int replicas = Tree.integer(deployment, 1, "spec", "replicas");
        int least = Tree.integer(autoscaler, 1, "spec", "minReplicas");
        int most = Tree.integer(autoscaler, least, "spec", "maxReplicas");
        int wanted = replicas == 0 ? 0 : Math.max(least, Math.min(most, replicas));
        if (wanted != replicas) {
            api.write(key, Writer.CONTROLLER, "scale", live -> {
                Tree.child(live, "spec").put("replicas", wanted);
                return live;
            });
        }
        ObjectNode status = Tree.child(autoscaler, "status");
        status.put("currentReplicas", Tree.integer(deployment, 0, "status", "replicas"));
        status.put("desiredReplicas", wanted);
        store.put(Kinds.AUTOSCALER, autoscaler);
    }
}
