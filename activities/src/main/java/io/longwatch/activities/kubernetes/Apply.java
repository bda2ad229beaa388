package io.longwatch.activities.kubernetes;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServerSideApplicable;
import io.longwatch.actions.kubernetes.AppliedObject;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.ApplyResult;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Applies a manifest object by object, each only if it still stands as it was found before. */
final class Apply {
    private final Cluster cluster;
    private final Invocation invocation;

    Apply(Cluster cluster, Invocation invocation) {
        this.cluster = cluster;
        this.invocation = invocation;
    }

    ApplyResult run(StepRef step, ApplyInput input, ApplyBefore before) {
        List<Target> targets = Target.of(cluster, step, input);
        List<AppliedObject> applied = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            applied.add(apply(step, targets.get(i), before.objects().get(i), input));
        }
        int created = (int) applied.stream()
                .filter(object -> "created".equals(object.change()))
                .count();
        String summary = applied.stream()
                .map(object -> object.kind() + " " + object.name() + " " + object.change())
                .collect(joining(", "));
        return new ApplyResult(applied, created, applied.size() - created, summary);
    }

    private AppliedObject apply(StepRef step, Target target, FormerObject former, ApplyInput input) {
        Optional<ObjectNode> live = target.live().map(found -> ours(step, target, former, found, input));
        if (live.isEmpty() && former.existed()) {
            throw Failures.refused(target.title() + " existed before the step and is gone; find out who deleted it");
        }
        invocation.renew("applying " + target.title());
        ObjectNode answer = Trees.of(write(target, input.forced()));
        return new AppliedObject(
                target.kind().getKind(),
                target.namespace(),
                target.name(),
                ApplyLook.text(answer.at("/metadata/uid")),
                ApplyLook.text(answer.at("/metadata/resourceVersion")),
                ApplyLook.number(answer.at("/metadata/generation")),
                former.existed() ? "configured" : "created");
    }

    /** The object that stands there, at the version that the apply may change. */
    private ObjectNode ours(StepRef step, Target target, FormerObject former, ObjectNode live, ApplyInput input) {
        refuseChanged(step, target, former, live);
        ApplyLook.refuseConflict(target, live, input);
        ObjectNode ours = new FieldTakeover(target, invocation).run(live, input.forced());
        target.wished().withObjectProperty("metadata").set("resourceVersion", ours.at("/metadata/resourceVersion"));
        return ours;
    }

    private static GenericKubernetesResource write(Target target, boolean force) {
        ServerSideApplicable<GenericKubernetesResource> apply = Kinds.wished(
                        target.cluster().client(), target.kind(), target.namespace(), Trees.resource(target.wished()))
                .fieldManager(Release.MANAGER);
        try {
            return (force ? apply.forceConflicts() : apply).serverSideApply();
        } catch (KubernetesClientException e) {
            if (KubernetesFailures.isFieldConflict(e)) {
                throw Failures.refused(
                        target.title() + ": " + KubernetesFailures.said(e).replace('\n', ' ')
                                + "; write force: true to take the fields over");
            }
            throw e;
        }
    }

    private static void refuseChanged(StepRef step, Target target, FormerObject former, ObjectNode live) {
        if (step.key().equals(ApplyLook.mark(live))) {
            return;
        }
        if (!former.existed()) {
            throw Failures.refused(target.title() + " did not exist before the step and was created by someone else"
                    + " meanwhile; look at it, then start over");
        }
        if (isChanged(target, former, live)) {
            throw Failures.refused(target.title() + " was changed after the step looked at it"
                    + ManagedFields.lastWriter(live).map(who -> " by " + who).orElse("")
                    + ", so the recorded way back is no longer right; look at it, then start over");
        }
    }

    /** Status, and with it the version, changes all the time; what counts is what the way back would restore. */
    private static boolean isChanged(Target target, FormerObject former, ObjectNode live) {
        if (target.isDeployment()) {
            boolean scaled = target.setsReplicas()
                    && !Objects.equals(
                            former.replicas(), live.at("/spec/replicas").asInt(1));
            return scaled || !Objects.equals(former.revision(), ApplyLook.revision(live));
        }
        return !Objects.equals(former.uid(), ApplyLook.text(live.at("/metadata/uid")))
                || former.former() == null
                || !Trees.compact(live).equals(Trees.parse(former.former()));
    }
}
