package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes objects of a Kubernetes cluster. Methods without an effect are idempotent; each effect looks at the
 * live object first and writes under its resourceVersion.
 *
 * <p>Fails with {@code Unavailable} (retried) when the API server cannot be reached or asks to wait, {@code Conflict}
 * (retried) when someone wrote at the same instant, {@code Pending} (retried) while the wished state is not there,
 * {@code Denied} when the credentials do not allow it, {@code NotFound}, {@code InvalidInput} when the server refuses
 * the object, {@code Refused} when someone else owns or has changed it.
 */
@ActionSystem(name = "kubernetes", title = "Kubernetes")
@ActivityInterface
public interface KubernetesActivities {

    /** Records each object of the manifest, and refuses if someone else owns one. */
    @ActivityMethod(name = "kubernetes.apply.before")
    ApplyBefore applyBefore(StepRef step, ApplyInput input);

    /** Applies the manifest server-side under the field manager {@code longwatch}. Repeating it changes nothing. */
    @Action(
            title = "Apply a manifest",
            description = "Applies every object of a manifest server-side, marks it with the annotation"
                    + " longwatch.io/release, and can set the Deployment's replicas instead of the manifest's number."
                    + " Refused when Argo CD, Flux, Helm, an autoscaler or another field manager owns what it would"
                    + " change. Undone by going back to the Deployment's former revision and replicas, to the former"
                    + " object with the labels, annotations and finalizers that others gave it since, or by deleting"
                    + " what did not exist. What someone else has changed since stays as it is, and so does what was"
                    + " created and holds more than itself: PersistentVolumeClaims, PersistentVolumes, VolumeSnapshots,"
                    + " Namespaces and CustomResourceDefinitions; the undo says so and how to delete it.",
            effect = Effect.KEYED,
            undo = Undo.RESTORE,
            serving = true,
            example = "{manifest: '{apiVersion: v1, kind: ConfigMap, metadata: {name: bridge}, data: {LEVEL: info}}',"
                    + " namespace: production}")
    @ActivityMethod(name = "kubernetes.apply")
    ApplyResult apply(StepRef step, ApplyInput input, ApplyBefore before);

    /**
     * Takes each object back, last first, unless someone else has changed it since; of their metadata, what others gave
     * them since stays. What the release created is deleted, but not what holds data or other objects: it is named with
     * how to delete it by hand, and the undo ends as REFUSED, as it does for what someone else has changed.
     */
    @ActivityMethod(name = "kubernetes.apply.undo")
    UndoResult undoApply(StepRef step, ApplyInput input, ApplyBefore before, @Nullable ApplyResult result);

    /** Records the Deployment's replicas, and refuses if an autoscaler sets them. */
    @ActivityMethod(name = "kubernetes.scale.before")
    ScaleBefore scaleBefore(StepRef step, ScaleInput input);

    /** Sets the replicas of a Deployment. Repeating it changes nothing. */
    @Action(
            title = "Scale a Deployment",
            description = "Sets the replicas of a Deployment and waits until that many are ready, saying why while they"
                    + " are not. Refused when an autoscaler sets them or someone has changed them meanwhile.",
            effect = Effect.KEYED,
            undo = Undo.RESTORE,
            serving = true,
            timeout = "PT10M",
            example = "{deployment: biometric-bridge, namespace: production, replicas: 2}")
    @ActivityMethod(name = "kubernetes.scale")
    ScaleResult scale(StepRef step, ScaleInput input, ScaleBefore before);

    /** Sets the former replicas again, unless someone else has changed them since. */
    @ActivityMethod(name = "kubernetes.scale.undo")
    UndoResult undoScale(StepRef step, ScaleInput input, ScaleBefore before, @Nullable ScaleResult result);

    /** Waits until a rollout is complete and has held. */
    @Action(
            title = "Wait for a rollout",
            description = "Waits until a Deployment's rollout is complete as kubectl rollout status defines it and has"
                    + " stayed so, without a restart, for stableFor. Until then it says why: image, crash with its exit"
                    + " code, probe, quota, scheduling. Ends as Failed when the progress deadline has passed or the"
                    + " expected image or revision was changed back, with by whom.",
            timeout = "PT15M",
            example = "{deployment: biometric-bridge, namespace: production, stableFor: PT2M}")
    @ActivityMethod(name = "kubernetes.rolloutStatus")
    RolloutStatusResult rolloutStatus(StepRef step, RolloutStatusInput input);

    /** Reads objects of any kind but Secret. */
    @Action(
            title = "Look at objects",
            description = "Finds objects of a kind by name or label selector and counts those that are ready. Returns"
                    + " of each only the outputs the step asks for; more than fit a result are refused, so that no"
                    + " check passes over some of them. An object that is named must exist. For a Service it also tells"
                    + " the addresses and the ready endpoints.",
            example = "{kind: Pod, selector: app=biometric-bridge, namespace: production}")
    @ActivityMethod(name = "kubernetes.get")
    GetResult get(StepRef step, GetInput input);

    /**
     * Counts lines of log. Fails with {@code NotFound} when no pod matches or none has the container, and with
     * {@code Pending} while no container of theirs has started.
     */
    @Action(
            title = "Count lines in logs",
            description =
                    "Reads the logs of all pods of a selector since an instant, of init containers and sidecars too and"
                            + " of containers that ran before a restart, and counts the lines that match. Logs of pods"
                            + " that are gone cannot be read. A node gives only the newest file of a log, by default of"
                            + " 10 MiB, and of a container that restarted several times only the last two runs: where"
                            + " what it gives begins later than it should, or more than 30 s after the container"
                            + " started, the result is incomplete. Fails when no pod has the container, and waits until"
                            + " one has started.",
            attempt = "PT2M",
            example = "{selector: app=biometric-bridge, namespace: production, pattern: CRITICAL, since: PT2H}")
    @ActivityMethod(name = "kubernetes.logs")
    LogsResult logs(StepRef step, LogsInput input);

    /** Records the present revision, and fixes the one to go back to. */
    @ActivityMethod(name = "kubernetes.undoRollout.before")
    UndoRolloutBefore undoRolloutBefore(StepRef step, UndoRolloutInput input);

    /** Takes a Deployment back to an earlier revision. Repeating it changes nothing. */
    @Action(
            title = "Undo a rollout",
            description = "Takes a Deployment back to the pod template of an earlier revision and, where asked, its"
                    + " replicas. A Deployment that this release created is deleted instead. Refused when there is no"
                    + " earlier revision.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            serving = true,
            example = "{deployment: biometric-bridge, namespace: production, replicas: 2}")
    @ActivityMethod(name = "kubernetes.undoRollout")
    UndoRolloutResult undoRollout(StepRef step, UndoRolloutInput input, UndoRolloutBefore before);

    /** Takes the Deployment forward again to the revision it had. */
    @ActivityMethod(name = "kubernetes.undoRollout.undo")
    UndoResult undoUndoRollout(
            StepRef step, UndoRolloutInput input, UndoRolloutBefore before, @Nullable UndoRolloutResult result);
}
