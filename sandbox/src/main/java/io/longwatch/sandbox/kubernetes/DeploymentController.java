package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rolls Deployments out as Kubernetes does: a ReplicaSet per template, scaled step by step within the bounds of surge and
 * unavailability. Scaling in the middle of a rollout is not spread over its ReplicaSets; it converges to the same end.
 */
final class DeploymentController implements Controller {
    private final ObjectStore store;
    private final ModelTime time;
    private final EventRecorder events;
    private Optional<Instant> due = Optional.empty();

    DeploymentController(ObjectStore store, ModelTime time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public Optional<Instant> due() {
        return due;
    }

    @Override
    public void reconcile() {
        due = Optional.empty();
        store.list(Kinds.DEPLOYMENT, "").forEach(this::reconcile);
    }

    private void reconcile(ObjectNode deployment) {
        ReplicaSets replicaSets = new ReplicaSets(store, deployment);
        DeploymentStatus status = new DeploymentStatus(deployment, time.now());
        if (deployment.at("/spec/paused").asBoolean()) {
            replicaSets
                    .current()
                    .ifPresent(current ->
                            scale(deployment, current, bounds(deployment).replicas()));
            status.paused();
        } else {
            roll(deployment, replicaSets, status);
        }
        Optional<Instant> deadline = status.update(replicaSets);
        store.put(Kinds.DEPLOYMENT, deployment);
        deadline.ifPresent(at -> due = Optional.of(due.filter(at::isAfter).orElse(at)));
    }

    private void roll(ObjectNode deployment, ReplicaSets replicaSets, DeploymentStatus status) {
        boolean recreate = Tree.text(deployment, "spec", "strategy", "type").equals("Recreate");
        Optional<ObjectNode> existing = replicaSets.current();
        ObjectNode current;
        if (existing.isPresent()) {
            current = replicaSets.refresh(existing.get());
            status.found(current);
        } else if (recreate && ReplicaSets.sum(replicaSets.all(), "status", "replicas") > 0) {
            replicaSets.all().forEach(former -> scale(deployment, former, 0));
            return;
        } else {
            current = replicaSets.create(0);
            status.created(current);
        }
        Tree.child(deployment, "metadata", "annotations")
                .put(ReplicaSets.REVISION, Integer.toString(ReplicaSets.revision(current)));
        if (recreate) {
            recreate(deployment, replicaSets, current);
        } else {
            scaleUp(deployment, replicaSets, current);
            scaleDown(deployment, replicaSets);
        }
        if (status.complete()) {
            forget(deployment, replicaSets);
        }
    }

    private void recreate(ObjectNode deployment, ReplicaSets replicaSets, ObjectNode current) {
        List<ObjectNode> former = replicaSets.former();
        former.forEach(old -> scale(deployment, old, 0));
        if (ReplicaSets.sum(former, "status", "replicas") == 0) {
            scale(deployment, current, bounds(deployment).replicas());
        }
    }

    private void scaleUp(ObjectNode deployment, ReplicaSets replicaSets, ObjectNode current) {
        RolloutBounds bounds = bounds(deployment);
        int has = Tree.integer(current, 0, "spec", "replicas");
        int total = ReplicaSets.sum(replicaSets.all(), "spec", "replicas");
        int room = Math.max(0, bounds.most() - total);
        scale(
                deployment,
                current,
                has > bounds.replicas() ? bounds.replicas() : Math.min(has + room, bounds.replicas()));
    }

    private void scaleDown(ObjectNode deployment, ReplicaSets replicaSets) {
        RolloutBounds bounds = bounds(deployment);
        ObjectNode current = replicaSets.current().orElseThrow();
        List<ObjectNode> former = replicaSets.former();
        int total = ReplicaSets.sum(replicaSets.all(), "spec", "replicas");
        int unavailable = Math.max(
                0,
                Tree.integer(current, 0, "spec", "replicas") - Tree.integer(current, 0, "status", "availableReplicas"));
        int unhealthy = total - bounds.fewest() - unavailable;
        for (ObjectNode old : former) {
            int replicas = Tree.integer(old, 0, "spec", "replicas");
            int dead = Math.max(0, replicas - Tree.integer(old, 0, "status", "availableReplicas"));
            int gone = Math.min(Math.max(0, unhealthy), dead);
            unhealthy -= gone;
            scale(deployment, old, replicas - gone);
        }
        scaleDownHealthy(deployment, replicaSets, bounds, unhealthy);
    }

    private void scaleDownHealthy(
            ObjectNode deployment, ReplicaSets replicaSets, RolloutBounds bounds, int mayStillGo) {
        int available = ReplicaSets.sum(replicaSets.all(), "status", "availableReplicas");
        int surplus = Math.min(available - bounds.fewest(), mayStillGo);
        for (ObjectNode old : replicaSets.former()) {
            int replicas = Tree.integer(old, 0, "spec", "replicas");
            int gone = Math.min(Math.max(0, surplus), replicas);
            surplus -= gone;
            scale(deployment, old, replicas - gone);
        }
    }

    private void scale(ObjectNode deployment, ObjectNode replicaSet, int replicas) {
        int before = Tree.integer(replicaSet, 0, "spec", "replicas");
        if (before == replicas) {
            return;
        }
        Tree.child(replicaSet, "spec").put("replicas", replicas);
        ObjectNode metadata = Tree.child(replicaSet, "metadata");
        metadata.put("generation", Tree.integer(metadata, 1, "generation") + 1);
        store.put(Kinds.REPLICA_SET, replicaSet);
        String verb = replicas > before ? "up" : "down";
        events.note(
                Kinds.DEPLOYMENT,
                deployment,
                "ScalingReplicaSet",
                "Scaled " + verb + " replica set " + Tree.text(metadata, "name") + " from " + before + " to "
                        + replicas);
    }

    /** Deletes the oldest ReplicaSets beyond the history that the Deployment asks for. */
    private void forget(ObjectNode deployment, ReplicaSets replicaSets) {
        List<ObjectNode> empty = replicaSets.former().stream()
                .filter(old -> Tree.integer(old, 0, "spec", "replicas") == 0
                        && Tree.integer(old, 0, "status", "replicas") == 0)
                .toList();
        int surplus = empty.size() - Tree.integer(deployment, 10, "spec", "revisionHistoryLimit");
        empty.stream().limit(Math.max(0, surplus)).forEach(old -> store.remove(ObjectKey.of(Kinds.REPLICA_SET, old)));
    }

    private static RolloutBounds bounds(ObjectNode deployment) {
        return RolloutBounds.of(deployment);
    }
}
