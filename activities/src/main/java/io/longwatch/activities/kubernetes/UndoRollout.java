package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.actions.kubernetes.UndoRolloutBefore;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.actions.kubernetes.UndoRolloutResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes a Deployment to an earlier revision, which is fixed before it begins so that a repeat does not go further back. */
final class UndoRollout {
    private final Cluster cluster;
    private final Invocation invocation;
    private final StepRef step;

    UndoRollout(Cluster cluster, Invocation invocation, StepRef step) {
        this.cluster = cluster;
        this.invocation = invocation;
        this.step = step;
    }

    UndoRolloutBefore before(UndoRolloutInput input) {
        Deployments deployments = new Deployments(cluster, input.namespace());
        Optional<Deployment> live = deployments.find(input.deployment());
        if (live.isEmpty() && input.deletes()) {
            return new UndoRolloutBefore(false, null, null, null, 0, List.of(), null);
        }
        Deployment deployment = live.orElseGet(() -> deployments.get(input.deployment()));
        Ownership.of(Trees.of(deployment)).ifPresent(owner -> {
            throw Failures.refused(title(input) + " belongs to " + owner + " and would be changed back; undo it there");
        });
        Rollout.awaitObserved(deployment);
        return new UndoRolloutBefore(
                true,
                deployment.getMetadata().getUid(),
                Deployments.revision(deployment),
                input.deletes() ? null : target(input, deployments, deployment),
                Deployments.replicas(deployment),
                Deployments.images(deployment),
                Release.of(deployment.getMetadata()));
    }

    private Long target(UndoRolloutInput input, Deployments deployments, Deployment live) {
        Long wanted = input.toRevision();
        if (wanted != null) {
            if (deployments.at(live, wanted).isEmpty()) {
                throw lost(input, wanted);
            }
            return wanted;
        }
        long now = Objects.requireNonNullElse(Deployments.revision(live), 0L);
        return isBack(live) ? now : previous(input, deployments, live, now);
    }

    /** A step that is done once more after its effect stays there: the revision below would be the one it left. */
    private boolean isBack(Deployment live) {
        return step.key().equals(Release.of(live.getMetadata()));
    }

    private static Long previous(UndoRolloutInput input, Deployments deployments, Deployment live, long now) {
        return deployments.replicaSets(live).stream()
                .map(Deployments::revision)
                .filter(revision -> revision != null && revision < now)
                .max(Long::compare)
                .orElseThrow(() -> Failures.refused(title(input) + " has no earlier revision than " + now
                        + "; if this release created it, write createdByRelease: true to delete it"));
    }

    UndoRolloutResult run(UndoRolloutInput input, UndoRolloutBefore before) {
        Long revision = before.target();
        if (revision == null) {
            return delete(input, before);
        }
        Deployments deployments = new Deployments(cluster, input.namespace());
        Deployment live = deployments.get(input.deployment());
        refuseAnother(input, before, live);
        ReplicaSet target = deployments.at(live, revision).orElseThrow(() -> lost(input, revision));
        int replicas = replicas(input, deployments, live);
        if (!Rollback.isAt(live, target, replicas)) {
            refuseChanged(input, before, live, target);
            new Rollback(cluster, invocation).run(live, target, replicas, step.key());
        }
        String image =
                target.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
        return new UndoRolloutResult(
                revision,
                image,
                replicas,
                false,
                "back at revision " + revision + ", image " + image + ", " + replicas + " replicas");
    }

    private UndoRolloutResult delete(UndoRolloutInput input, UndoRolloutBefore before) {
        var kind = Kinds.of(cluster.client(), "apps/v1", "Deployment");
        var resource = Kinds.one(cluster.client(), kind, cluster.namespace(input.namespace()), input.deployment());
        var live = resource.get();
        if (live != null) {
            boolean another = !before.existed()
                    || !Objects.equals(before.uid(), live.getMetadata().getUid());
            if (another || !Release.isOf(step, Release.of(live.getMetadata()))) {
                throw Failures.refused(title(input) + " was not created by this release; it stays");
            }
            new Deletion(invocation).run(title(input), resource, live);
        }
        return new UndoRolloutResult(null, null, 0, true, title(input) + " deleted, the release had created it");
    }

    UndoResult undo(UndoRolloutInput input, UndoRolloutBefore before) {
        Deployments deployments = new Deployments(cluster, input.namespace());
        Optional<Deployment> found = deployments.find(input.deployment());
        if (found.isEmpty()) {
            return before.existed()
                    ? UndoResult.refused(title(input) + " is gone; apply its manifest again")
                    : UndoResult.notNeeded(title(input) + " does not exist, as before");
        }
        Deployment live = found.get();
        long revision = Objects.requireNonNullElse(before.revision(), 0L);
        Optional<ReplicaSet> former = deployments.at(live, revision);
        Rollback rollback = new Rollback(cluster, invocation);
        UndoResult back = UndoResult.reverted(title(input) + " is back at revision " + revision);
        if (former.isPresent() && Rollback.isAt(live, former.get(), before.replicas())) {
            return rollback.wasBegun(live)
                    ? back
                    : UndoResult.notNeeded(title(input) + " is at revision " + revision + ", as before");
        }
        if (former.isEmpty() || !step.key().equals(Release.of(live.getMetadata()))) {
            return UndoResult.refused(title(input) + " was changed since by someone else");
        }
        rollback.run(live, former.get(), before.replicas(), before.release());
        return back;
    }

    private int replicas(UndoRolloutInput input, Deployments deployments, Deployment live) {
        boolean given = input.replicas() != null
                && Ownership.autoscaler(cluster.client(), deployments.namespace(), input.deployment())
                        .isEmpty();
        return given ? Objects.requireNonNull(input.replicas()) : Deployments.replicas(live);
    }

    private static void refuseAnother(UndoRolloutInput input, UndoRolloutBefore before, Deployment live) {
        if (!Objects.equals(before.uid(), live.getMetadata().getUid())) {
            throw Failures.refused(title(input) + " was deleted and created anew meanwhile; look at it");
        }
    }

    private static void refuseChanged(
            UndoRolloutInput input, UndoRolloutBefore before, Deployment live, ReplicaSet target) {
        boolean sameTemplate = Rollback.isAt(live, target, Deployments.replicas(live));
        if (!sameTemplate && !Objects.equals(before.revision(), Deployments.revision(live))) {
            throw Failures.refused(title(input) + " is at revision " + Deployments.revision(live)
                    + " meanwhile, it was at " + before.revision() + "; look at it, then start over");
        }
    }

    private static RuntimeException lost(UndoRolloutInput input, long revision) {
        return Failures.notFound(title(input) + " has no revision " + revision
                + " any more; kubectl rollout history shows those it keeps");
    }

    private static String title(UndoRolloutInput input) {
        return "Deployment " + input.deployment();
    }
}
