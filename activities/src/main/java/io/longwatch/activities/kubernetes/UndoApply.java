package io.longwatch.activities.kubernetes;

import static io.longwatch.contract.UndoResult.Outcome.NOT_NEEDED;
import static io.longwatch.contract.UndoResult.Outcome.REFUSED;
import static io.longwatch.contract.UndoResult.Outcome.REVERTED;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.longwatch.actions.kubernetes.AppliedObject;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyResult;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the objects of a manifest back, last first, each by what stands there now. */
final class UndoApply {
    private final Cluster cluster;
    private final Invocation invocation;
    private final StepRef step;

    UndoApply(Cluster cluster, Invocation invocation, StepRef step) {
        this.cluster = cluster;
        this.invocation = invocation;
        this.step = step;
    }

    UndoResult run(ApplyBefore before, @Nullable ApplyResult result) {
        List<UndoResult> outcomes = new ArrayList<>();
        for (int i = before.objects().size() - 1; i >= 0; i--) {
            AppliedObject applied = result == null || result.objects().size() <= i
                    ? null
                    : result.objects().get(i);
            outcomes.add(undo(before.objects().get(i), applied));
        }
        return together(outcomes);
    }

    private static UndoResult together(List<UndoResult> outcomes) {
        String summary = outcomes.stream().map(UndoResult::summary).collect(joining("; "));
        for (var outcome : List.of(REFUSED, REVERTED)) {
            if (outcomes.stream().anyMatch(one -> one.outcome() == outcome)) {
                return new UndoResult(outcome, summary);
            }
        }
        return new UndoResult(NOT_NEEDED, summary);
    }

    private UndoResult undo(FormerObject former, @Nullable AppliedObject applied) {
        var kind = Kinds.of(cluster.client(), former.apiVersion(), former.kind());
        var resource = Kinds.one(cluster.client(), kind, former.namespace(), former.name());
        GenericKubernetesResource live = resource.get();
        UndoCreation creation = new UndoCreation(invocation, step);
        if (live == null) {
            return former.existed()
                    ? UndoResult.refused(former.title() + " existed before and is gone now; someone else deleted it")
                    : creation.absent(former);
        }
        if (!former.existed()) {
            return creation.run(former, applied, resource, live);
        }
        if (former.uid() != null && !former.uid().equals(live.getMetadata().getUid())) {
            return UndoResult.refused(former.title() + " was deleted and created anew by someone else since");
        }
        return former.revision() != null || former.replicas() != null
                ? new UndoDeployment(cluster, invocation, step).run(former)
                : restore(former, kind, live);
    }

    private UndoResult restore(FormerObject former, ResourceDefinitionContext kind, GenericKubernetesResource live) {
        ObjectNode now = Trees.of(live);
        ObjectNode wished = Trees.parse(Objects.requireNonNull(former.former()));
        new OthersMetadata(now).keepIn(wished);
        String mark = ApplyLook.mark(now);
        if (Trees.compact(now).equals(Trees.compact(wished)) && Objects.equals(mark, former.release())) {
            return invocation.announced(restoring(former))
                    ? restored(former)
                    : UndoResult.notNeeded(former.title() + " is as it was");
        }
        if (!Release.isOf(step, mark)) {
            return UndoResult.refused(former.title() + " was changed since, not by this release"
                    + ManagedFields.lastWriter(now).map(who -> " but by " + who).orElse(""));
        }
        Optional<String> other = ManagedFields.changedSince(now);
        if (other.isPresent()) {
            return UndoResult.refused(former.title() + " was changed after the release by " + other.get());
        }
        replace(former, wished, live, kind);
        return restored(former);
    }

    private static UndoResult restored(FormerObject former) {
        return UndoResult.reverted(former.title() + " is as it was");
    }

    private static String restoring(FormerObject former) {
        return "restoring " + former.title();
    }

    private void replace(
            FormerObject former, ObjectNode wished, GenericKubernetesResource live, ResourceDefinitionContext kind) {
        ObjectNode metadata = wished.withObjectProperty("metadata");
        metadata.put("resourceVersion", live.getMetadata().getResourceVersion());
        if (former.release() != null) {
            metadata.withObjectProperty("annotations").put(Release.ANNOTATION, former.release());
        }
        invocation.renew(restoring(former));
        Kinds.wished(cluster.client(), kind, former.namespace(), Trees.resource(wished))
                .update();
    }
}
