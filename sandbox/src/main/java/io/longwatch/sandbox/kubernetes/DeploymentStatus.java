package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.kubernetes.Conditions.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a Deployment says of its rollout: counts, and the conditions Available and Progressing. */
final class DeploymentStatus {
    private final ObjectNode deployment;
    private final Instant now;

    DeploymentStatus(ObjectNode deployment, Instant now) {
        this.deployment = deployment;
        this.now = now;
    }

    void paused() {
        progressing("Unknown", "DeploymentPaused", "Deployment is paused", false);
    }

    void found(ObjectNode replicaSet) {
        String reason = Conditions.reason(deployment, "Progressing");
        if (reason.isEmpty()) {
            progressing("True", "FoundNewReplicaSet", "Found new replica set " + quoted(replicaSet), true);
        } else if (reason.equals("DeploymentPaused")) {
            progressing("Unknown", "DeploymentResumed", "Deployment is resumed", true);
        }
    }

    void created(ObjectNode replicaSet) {
        progressing("True", "NewReplicaSetCreated", "Created new replica set " + quoted(replicaSet), true);
    }

    boolean complete() {
        int wanted = Tree.integer(deployment, 1, "spec", "replicas");
        return count("updatedReplicas") == wanted
                && count("replicas") == wanted
                && count("availableReplicas") == wanted
                && Tree.integer(deployment, 0, "status", "observedGeneration")
                        >= Tree.integer(deployment, 0, "metadata", "generation");
    }

    /** Counts the pods and judges the progress; the answer is when the progress deadline would pass. */
    Optional<Instant> update(ReplicaSets replicaSets) {
        ObjectNode before = deployment.deepCopy();
        List<ObjectNode> all = replicaSets.all();
        Optional<ObjectNode> current = replicaSets.current();
        int wanted = Tree.integer(deployment, 1, "spec", "replicas");
        int available = ReplicaSets.sum(all, "status", "availableReplicas");
        ObjectNode status = Tree.child(deployment, "status");
        status.put("observedGeneration", Tree.integer(deployment, 1, "metadata", "generation"));
        status.put("replicas", ReplicaSets.sum(all, "status", "replicas"));
        status.put(
                "updatedReplicas",
                current.map(r -> Tree.integer(r, 0, "status", "replicas")).orElse(0));
        status.put("readyReplicas", ReplicaSets.sum(all, "status", "readyReplicas"));
        status.put("availableReplicas", available);
        status.put("unavailableReplicas", Math.max(0, Math.max(wanted, count("replicas")) - available));
        judgeAvailability(available);
        return current.isEmpty() || deployment.at("/spec/paused").asBoolean()
                ? Optional.empty()
                : judgeProgress(before, current.get());
    }

    private void judgeAvailability(int available) {
        boolean enough = available >= fewest();
        Conditions.set(
                deployment,
                Condition.ofDeployment(
                        "Available",
                        enough ? "True" : "False",
                        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                        "Deployment " + (enough ? "has" : "does not have") + " minimum availability."),
                now,
                false);
    }

    private int fewest() {
        boolean rolling = Tree.text(deployment, "spec", "strategy", "type").equals("RollingUpdate");
        RolloutBounds bounds = RolloutBounds.of(deployment);
        return rolling ? bounds.fewest() : bounds.replicas();
    }

    private Optional<Instant> judgeProgress(ObjectNode before, ObjectNode current) {
        String reason = Conditions.reason(deployment, "Progressing");
        boolean wasComplete = reason.equals("NewReplicaSetAvailable") && count("replicas") == count("updatedReplicas");
        if (complete()) {
            String message = "ReplicaSet " + quoted(current) + " has successfully progressed.";
            progressing("True", "NewReplicaSetAvailable", message, false);
            return Optional.empty();
        }
        if (wasComplete) {
            return Optional.empty();
        }
        if (hasProgressed(before)) {
            progressing("True", "ReplicaSetUpdated", "ReplicaSet " + quoted(current) + " is progressing.", true);
        }
        return judgeDeadline(current);
    }

    private boolean hasProgressed(JsonNode before) {
        int formerOld =
                Tree.integer(before, 0, "status", "replicas") - Tree.integer(before, 0, "status", "updatedReplicas");
        return count("updatedReplicas") > Tree.integer(before, 0, "status", "updatedReplicas")
                || count("replicas") - count("updatedReplicas") < formerOld
                || count("readyReplicas") > Tree.integer(before, 0, "status", "readyReplicas")
                || count("availableReplicas") > Tree.integer(before, 0, "status", "availableReplicas");
    }

    private Optional<Instant> judgeDeadline(ObjectNode current) {
        // A condition that still speaks of the former rollout says nothing of this one.
        String reason = Conditions.reason(deployment, "Progressing");
        if (reason.equals("ProgressDeadlineExceeded") || reason.equals("NewReplicaSetAvailable")) {
            return Optional.empty();
        }
        Instant since = Conditions.find(deployment, "Progressing")
                .map(condition -> Tree.instant(condition, "lastUpdateTime"))
                .orElse(now);
        Duration deadline = Duration.ofSeconds(Tree.integer(deployment, 600, "spec", "progressDeadlineSeconds"));
        Instant passes = since.plus(deadline).plusSeconds(1);
        if (now.isBefore(passes)) {
            return Optional.of(passes);
        }
        String message = "ReplicaSet " + quoted(current) + " has timed out progressing.";
        progressing("False", "ProgressDeadlineExceeded", message, false);
        return Optional.empty();
    }

    private void progressing(String status, String reason, String message, boolean touched) {
        Conditions.set(deployment, Condition.ofDeployment("Progressing", status, reason, message), now, touched);
    }

    private int count(String name) {
        return Tree.integer(deployment, 0, "status", name);
    }

    private static String quoted(ObjectNode replicaSet) {
        return "\"" + Tree.text(replicaSet, "metadata", "name") + "\"";
    }
}
