package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.actions.kubernetes.ScaleResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.Objects;

/** Sets the replicas of a Deployment and waits for them. */
final class Scale {
    private static final String DONE = "scaled";

    private final Cluster cluster;
    private final Invocation invocation;

    Scale(Cluster cluster, Invocation invocation) {
        this.cluster = cluster;
        this.invocation = invocation;
    }

    ScaleBefore before(ScaleInput input) {
        Deployments deployments = new Deployments(cluster, input.namespace());
        Deployment live = deployments.get(input.deployment());
        refuseOwned(deployments, live, input);
        return new ScaleBefore(
                Deployments.replicas(live),
                live.getMetadata().getResourceVersion(),
                live.getMetadata().getUid(),
                Release.of(live.getMetadata()));
    }

    ScaleResult run(ScaleInput input, ScaleBefore before) {
        Deployments deployments = new Deployments(cluster, input.namespace());
        Deployment live = deployments.get(input.deployment());
        if (Deployments.replicas(live) != input.replicas()) {
            refuseOwned(deployments, live, input);
            refuseChanged(input, before, live);
            invocation.renew("scaling");
            live = new Replicas(cluster).set(live, input.replicas());
            invocation.heartbeat(DONE);
        }
        int ready = ready(live);
        if (input.waits() && !isSettled(live)) {
            throw Failures.pending(
                    ready + " of " + input.replicas() + " replicas ready"
                            + deployments
                                    .reasons()
                                    .inWords(live, deployments.replicaSets(live), deployments.pods(live)),
                    Duration.ofSeconds(5));
        }
        return new ScaleResult(ready, input.replicas(), ready + " of " + input.replicas() + " replicas ready");
    }

    /** Asked again ahead of the write: an autoscaler may have come since. */
    private void refuseOwned(Deployments deployments, Deployment live, ScaleInput input) {
        Ownership.autoscaler(cluster.client(), deployments.namespace(), input.deployment())
                .or(() -> Ownership.of(Trees.of(live)))
                .ifPresent(owner -> {
                    throw Failures.refused("the replicas of Deployment " + input.deployment() + " are set by " + owner
                            + "; change them there");
                });
    }

    private void refuseChanged(ScaleInput input, ScaleBefore before, Deployment live) {
        int now = Deployments.replicas(live);
        boolean changedBack =
                invocation.lastHeartbeat(String.class).filter(DONE::equals).isPresent();
        if (changedBack || now != before.replicas()) {
            String who = ManagedFields.lastWriter(Trees.of(live))
                    .map(writer -> " by " + writer)
                    .orElse("");
            throw Failures.refused("Deployment " + input.deployment() + " was scaled to " + now + who
                    + " while the release scales it from " + before.replicas() + " to " + input.replicas()
                    + "; find out why");
        }
    }

    private static boolean isSettled(Deployment live) {
        int wished = Deployments.replicas(live);
        return Rollout.isObserved(live) && ready(live) == wished && total(live) == wished;
    }

    private static int ready(Deployment live) {
        return live.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(live.getStatus().getReadyReplicas(), 0);
    }

    private static int total(Deployment live) {
        return live.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(live.getStatus().getReplicas(), 0);
    }
}
