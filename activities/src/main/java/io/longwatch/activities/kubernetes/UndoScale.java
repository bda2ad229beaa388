package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.Objects;
import java.util.Optional;

/** Sets the former replicas again, unless the Deployment has gone another way since. */
final class UndoScale {
    private static final String SCALING_BACK = "scaling back";

    private final Cluster cluster;
    private final Invocation invocation;
    private final StepRef step;

    UndoScale(Cluster cluster, Invocation invocation, StepRef step) {
        this.cluster = cluster;
        this.invocation = invocation;
        this.step = step;
    }

    UndoResult run(ScaleInput input, ScaleBefore before) {
        String title = "Deployment " + input.deployment();
        Deployments deployments = new Deployments(cluster, input.namespace());
        Optional<Deployment> found = deployments.find(input.deployment());
        if (found.isEmpty()) {
            return UndoResult.notNeeded(title + " is gone");
        }
        Deployment live = found.get();
        int now = Deployments.replicas(live);
        if (before.uid() != null && !before.uid().equals(live.getMetadata().getUid())) {
            return UndoResult.refused(title + " was deleted and created anew since");
        }
        if (now == before.replicas()) {
            return invocation.announced(SCALING_BACK)
                    ? UndoResult.reverted(title + " is back at " + now + " replicas")
                    : UndoResult.notNeeded(title + " has " + now + " replicas, as before");
        }
        return stopped(title, before, live)
                .or(() -> elsewhere(title, input, now))
                .or(() -> autoscaled(title, deployments, input))
                .orElseGet(() -> restore(title, before, live));
    }

    /** Its replicas were of a version that has been taken back: what is there now has its own. */
    private Optional<UndoResult> stopped(String title, ScaleBefore before, Deployment live) {
        String mark = Release.of(live.getMetadata());
        if (Objects.equals(mark, before.release())) {
            return Optional.empty();
        }
        boolean taken = Release.isOf(step, before.release()) || Release.isOf(step, mark);
        return Optional.of(
                taken
                        ? UndoResult.notNeeded(title + " was taken back as a whole already, and keeps its replicas")
                        : UndoResult.refused(title + " was changed since, not by this release"
                                + (mark == null ? "" : " but by " + mark)));
    }

    private static Optional<UndoResult> elsewhere(String title, ScaleInput input, int now) {
        return now == input.replicas()
                ? Optional.empty()
                : Optional.of(UndoResult.refused(
                        title + " has " + now + " replicas, the release had set " + input.replicas()));
    }

    private Optional<UndoResult> autoscaled(String title, Deployments deployments, ScaleInput input) {
        return Ownership.autoscaler(cluster.client(), deployments.namespace(), input.deployment())
                .map(owner -> UndoResult.refused("the replicas of " + title + " are now set by " + owner));
    }

    private UndoResult restore(String title, ScaleBefore before, Deployment live) {
        invocation.renew(SCALING_BACK);
        new Replicas(cluster).set(live, before.replicas());
        return UndoResult.reverted(title + " is back at " + before.replicas() + " replicas");
    }
}
