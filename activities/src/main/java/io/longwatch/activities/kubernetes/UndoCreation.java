package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.longwatch.actions.kubernetes.AppliedObject;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes what the release created, unless more than the release's own work would go with it. */
final class UndoCreation {
    /** By kind and API group: what is lost for good with an object, whoever created it. */
    private static final Map<String, String> LOST_WITH = Map.of(
            "PersistentVolumeClaim", "the data of its volume",
            "PersistentVolume", "the data on it",
            "VolumeSnapshot.snapshot.storage.k8s.io", "the data it keeps",
            "Namespace", "everything in it",
            "CustomResourceDefinition.apiextensions.k8s.io", "every object of its kind");

    private final Invocation invocation;
    private final StepRef step;

    UndoCreation(Invocation invocation, StepRef step) {
        this.invocation = invocation;
        this.step = step;
    }

    UndoResult absent(FormerObject former) {
        return new Deletion(invocation).wasBegun(former.title())
                ? deleted(former)
                : UndoResult.notNeeded(former.title() + " does not exist, as before");
    }

    UndoResult run(
            FormerObject former,
            @Nullable AppliedObject applied,
            Resource<GenericKubernetesResource> resource,
            GenericKubernetesResource live) {
        boolean another = applied != null
                && applied.uid() != null
                && !applied.uid().equals(live.getMetadata().getUid());
        if (another || !Release.isOf(step, Release.of(live.getMetadata()))) {
            return UndoResult.refused(former.title() + " that stands there now was not created by this release");
        }
        Optional<String> reason = live.isMarkedForDeletion() ? Optional.empty() : reasonToKeep(former, live);
        if (reason.isPresent()) {
            return kept(former, reason.get());
        }
        new Deletion(invocation).run(former.title(), resource, live);
        return deleted(former);
    }

    private static UndoResult deleted(FormerObject former) {
        return UndoResult.reverted(former.title() + " deleted, it did not exist before");
    }

    /** Whoever else holds a field of it came after the release: before it, there was nothing to hold. */
    private static Optional<String> reasonToKeep(FormerObject former, GenericKubernetesResource live) {
        return lostWith(former)
                .map(lost -> "deleting it would delete " + lost)
                .or(() -> ManagedFields.lastWriter(Trees.of(live)).map(who -> "it was changed since by " + who));
    }

    static Optional<String> lostWith(FormerObject former) {
        int group = former.apiVersion().indexOf('/');
        String kind =
                former.kind() + (group < 0 ? "" : "." + former.apiVersion().substring(0, group));
        return Optional.ofNullable(LOST_WITH.get(kind));
    }

    private static UndoResult kept(FormerObject former, String reason) {
        String where = former.namespace() == null ? "" : " -n " + former.namespace();
        return UndoResult.refused(former.title() + " was created by the release and stays: " + reason
                + "; if nobody needs it, kubectl delete "
                + former.kind().toLowerCase(Locale.ROOT) + " " + former.name() + where);
    }
}
