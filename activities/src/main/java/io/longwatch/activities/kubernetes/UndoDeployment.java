package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.Objects;
import java.util.Optional;

/** Takes a Deployment that existed back to the revision, replicas and settings it had. */
final class UndoDeployment {
    private final Cluster cluster;
    private final Invocation invocation;
    private final StepRef step;

    UndoDeployment(Cluster cluster, Invocation invocation, StepRef step) {
        this.cluster = cluster;
        this.invocation = invocation;
        this.step = step;
    }

    UndoResult run(FormerObject former) {
        Deployments deployments = new Deployments(cluster, former.namespace());
        Deployment live = deployments.get(former.name());
        long revision = Objects.requireNonNullElse(former.revision(), 0L);
        Optional<ReplicaSet> target = deployments.at(live, revision);
        int replicas = replicas(deployments, live, former);
        String mark = Release.of(live.getMetadata());
        Rollback rollback = new Rollback(cluster, invocation);
        if (Objects.equals(mark, former.release())
                && target.isPresent()
                && Rollback.isAt(live, target.get(), replicas)) {
            return rollback.wasBegun(live)
                    ? back(former, replicas)
                    : UndoResult.notNeeded(former.title() + " is as it was, " + was(former, replicas));
        }
        if (!Release.isOf(step, mark)) {
            return UndoResult.refused(former.title() + " was changed since, not by this release"
                    + (mark == null ? "" : " but by " + mark));
        }
        Optional<String> other = ManagedFields.changedSince(Trees.of(live));
        if (other.isPresent()) {
            return UndoResult.refused(former.title() + " was changed after the release by " + other.get());
        }
        ReplicaSet set = target.orElseThrow(() -> lost(former));
        rollback.run(withSettings(former, live), set, replicas, former.release());
        return back(former, replicas);
    }

    /** Records of earlier versions have no settings; those of the release stay then. */
    private static Deployment withSettings(FormerObject former, Deployment live) {
        return former.former() == null ? live : Settings.restored(live, Trees.parse(former.former()));
    }

    private static UndoResult back(FormerObject former, int replicas) {
        return UndoResult.reverted(former.title() + " is back, " + was(former, replicas));
    }

    /** An autoscaler that came since sets the replicas itself. */
    private int replicas(Deployments deployments, Deployment live, FormerObject former) {
        boolean autoscaled = Ownership.autoscaler(cluster.client(), deployments.namespace(), former.name())
                .isPresent();
        return autoscaled || former.replicas() == null ? Deployments.replicas(live) : former.replicas();
    }

    private static String was(FormerObject former, int replicas) {
        return "revision " + former.revision() + " with " + replicas + " replicas, images "
                + String.join(", ", former.images());
    }

    private static RuntimeException lost(FormerObject former) {
        return Failures.failed(
                former.title() + ": revision " + former.revision()
                        + " is no longer kept by the cluster (revisionHistoryLimit); apply its former manifest by hand, images were "
                        + String.join(", ", former.images()),
                null);
    }
}
