package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.temporal.failure.ApplicationFailure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Objects as a cluster holds them after its controllers have settled. */
final class Fixtures {
    static final String NAMESPACE = "production";
    static final String NAME = "bridge";
    static final String OLD = "registry/bridge:1.4.1";
    static final String NEW = "registry/bridge:1.5.0";

    private Fixtures() {}

    static Deployment deployment(long revision, int replicas, String image) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .addToAnnotations(Deployments.REVISION, Long.toString(revision))
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", NAME)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", NAME)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(NAME)
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(replicas)
                .withAvailableReplicas(replicas)
                .withObservedGeneration(1000L)
                .endStatus()
                .build();
    }

    static ReplicaSet replicaSet(Deployment owner, long revision, String image) {
        String hash = "h" + revision;
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(NAME + "-" + hash)
                .withNamespace(NAMESPACE)
                .addToLabels("app", NAME)
                .addToLabels(Deployments.HASH, hash)
                .addToAnnotations(Deployments.REVISION, Long.toString(revision))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withName(NAME)
                .withController(true)
                .withUid(owner.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withTemplate(deployment(revision, 1, image).getSpec().getTemplate())
                .editTemplate()
                .editMetadata()
                .addToLabels(Deployments.HASH, hash)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** Its controller has not looked at it yet; the server counts generations from 1. */
    static Deployment unobserved(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editStatus()
                .withObservedGeneration(0L)
                .endStatus()
                .build();
    }

    static Pod pod(String name, long revision, int restarts) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .addToLabels("app", NAME)
                .addToLabels(Deployments.HASH, "h" + revision)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(NAME)
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(NAME)
                        .withReady(true)
                        .withRestartCount(restarts)
                        .withNewState()
                        .withNewRunning()
                        .endRunning()
                        .endState()
                        .build())
                .endStatus()
                .build();
    }

    /** Runs it and gives the failure of the given type, checking whether it would be retried. */
    static ApplicationFailure fails(String type, boolean retried, ThrowingCallable action) {
        ApplicationFailure[] seen = new ApplicationFailure[1];
        assertThatThrownBy(action).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).as(failure.getOriginalMessage()).isEqualTo(type);
            assertThat(failure.isNonRetryable()).isNotEqualTo(retried);
            seen[0] = failure;
        });
        return seen[0];
    }
}
