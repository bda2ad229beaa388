package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the pod template of an earlier revision back into a Deployment, as kubectl rollout undo does, and its replicas. */
final class Rollback {
    private final Cluster cluster;
    private final Invocation invocation;

    Rollback(Cluster cluster, Invocation invocation) {
        this.cluster = cluster;
        this.invocation = invocation;
    }

    /** Whether the Deployment already asks for what that revision asked for. */
    static boolean isAt(Deployment live, ReplicaSet target, int replicas) {
        return Deployments.replicas(live) == replicas
                && Trees.of(live.getSpec().getTemplate()).equals(Trees.of(Deployments.template(target)));
    }

    /** Whether an earlier attempt was about to do what is found done now. */
    boolean wasBegun(Deployment live) {
        return invocation.announced(begun(live));
    }

    private static String begun(Deployment live) {
        return "rolling back Deployment " + live.getMetadata().getName();
    }

    /** Writes under the resourceVersion of the Deployment as it was read, so that a change meanwhile is a conflict. */
    void run(Deployment live, ReplicaSet target, int replicas, @Nullable String mark) {
        if (Boolean.TRUE.equals(live.getSpec().getPaused())) {
            throw Failures.failed(
                    "Deployment " + live.getMetadata().getName()
                            + " is paused and would not roll back; kubectl rollout resume it, then try again",
                    null);
        }
        Deployment wished = new DeploymentBuilder(live)
                .editMetadata()
                .removeFromAnnotations(Release.ANNOTATION)
                .endMetadata()
                .editSpec()
                .withTemplate(Deployments.template(target))
                .withReplicas(replicas)
                .endSpec()
                .build();
        if (mark != null) {
            wished.getMetadata().getAnnotations().put(Release.ANNOTATION, mark);
        }
        invocation.renew(begun(live));
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(Objects.requireNonNull(live.getMetadata().getNamespace()))
                .resource(wished)
                .update();
    }
}
