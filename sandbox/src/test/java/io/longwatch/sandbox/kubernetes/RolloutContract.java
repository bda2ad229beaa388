package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What an API server and its controllers make of a Deployment, whichever they are. Every test has an empty namespace of
 * its own.
 */
public abstract class RolloutContract {
    /** An image that no node can pull. */
    protected static final String NO_IMAGE = "registry.test/bridge:no-image";

    private static final String V1 = "registry.test/bridge:1";
    private static final String V2 = "registry.test/bridge:2";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    /** Someone who may do everything, in the namespace. */
    protected abstract KubernetesClient client();

    /** Lets the controllers do their work, until this holds. */
    protected abstract void eventually(Runnable assertion);

    @Test
    void aRolloutBecomesReadyAndSaysSo() {
        // When
        deploy(V1, 2);

        // Then
        eventually(() -> {
            Deployment live = bridge();
            assertThat(live.getStatus().getReadyReplicas()).isEqualTo(2);
            assertThat(live.getStatus().getObservedGeneration())
                    .isEqualTo(live.getMetadata().getGeneration());
            assertThat(StandInTest.reason(live, "Progressing")).isEqualTo("NewReplicaSetAvailable");
            assertThat(StandInTest.reason(live, "Available")).isEqualTo("MinimumReplicasAvailable");
            assertThat(live.getMetadata().getAnnotations()).containsEntry(REVISION, "1");
        });
    }

    @Test
    void aRolloutThatNeverBecomesReadyExceedsItsDeadlineAndKeepsTheOldPods() {
        // Given
        deploy(V1, 2);
        awaitReady(V1, 2);

        // When
        client().resource(StandInTest.bridge(NO_IMAGE, 2)
                        .editSpec()
                        .withProgressDeadlineSeconds(5)
                        .endSpec()
                        .build())
                .fieldManager("longwatch")
                .serverSideApply();

        // Then
        eventually(() -> {
            assertThat(StandInTest.reason(bridge(), "Progressing")).isEqualTo("ProgressDeadlineExceeded");
            assertThat(bridge().getStatus().getAvailableReplicas()).isEqualTo(2);
            assertThat(bridge().getStatus().getUpdatedReplicas()).isEqualTo(1);
        });
    }

    @Test
    void undoingARolloutReusesTheFormerReplicaSetUnderANewRevision() {
        // Given
        deploy(V1, 2);
        awaitReady(V1, 2);
        deploy(V2, 2);
        awaitReady(V2, 2);

        // When
        client().apps().deployments().withName("bridge").rolling().undo();

        // Then
        awaitReady(V1, 2);
        assertThat(bridge().getMetadata().getAnnotations()).containsEntry(REVISION, "3");
        assertThat(replicaSets()).hasSize(2);
        assertThat(replicaSets())
                .filteredOn(set -> set.getSpec().getReplicas() == 2)
                .singleElement()
                .satisfies(set -> assertThat(set.getMetadata().getAnnotations())
                        .containsEntry(REVISION, "3")
                        .containsEntry("deployment.kubernetes.io/revision-history", "1"));
    }

    @Test
    void scalingMakesAndDeletesPodsWithoutANewRevision() {
        // Given
        deploy(V1, 1);
        awaitReady(V1, 1);

        // When
        client().apps().deployments().withName("bridge").scale(3);
        awaitReady(V1, 3);
        client().apps().deployments().withName("bridge").scale(0);

        // Then
        eventually(() -> assertThat(pods()).isEmpty());
        assertThat(bridge().getMetadata().getAnnotations()).containsEntry(REVISION, "1");
    }

    @Test
    void historyIsKeptToItsLimit() {
        // When
        for (int i = 1; i <= 5; i++) {
            client().resource(StandInTest.bridge("registry.test/bridge:" + i, 1)
                            .editSpec()
                            .withRevisionHistoryLimit(2)
                            .endSpec()
                            .build())
                    .fieldManager("longwatch")
                    .serverSideApply();
            awaitReady("registry.test/bridge:" + i, 1);
        }

        // Then
        eventually(() -> assertThat(replicaSets()).hasSize(3));
    }

    @Test
    void anAutoscalerHoldsTheReplicasAndOwnsThem() {
        // Given
        deploy(V1, 2);

        // When
        client().autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .load(RolloutContract.class.getResourceAsStream("autoscaler.yaml"))
                .create();

        // Then
        eventually(() -> {
            assertThat(bridge().getSpec().getReplicas()).isEqualTo(3);
            assertThat(bridge().getMetadata().getManagedFields())
                    .anyMatch(entry -> "scale".equals(entry.getSubresource())
                            && entry.getManager().equals("kube-controller-manager"));
        });
    }

    @Test
    void anUpdateFromAnOldStateIsAConflict() {
        // Given
        Deployment old = deploy(V1, 1);
        deploy(V2, 1);

        // When / Then
        assertThatThrownBy(() -> client().resource(old).update()).satisfies(code(409));
    }

    @Test
    void aSelectorIsImmutable() {
        // Given
        deploy(V1, 1);
        Deployment other = StandInTest.bridge(V1, 1)
                .editSpec()
                .editSelector()
                .addToMatchLabels("tier", "back")
                .endSelector()
                .editTemplate()
                .editMetadata()
                .addToLabels("tier", "back")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();

        // When / Then
        assertThatThrownBy(() -> client().resource(other)
                        .fieldManager("longwatch")
                        .forceConflicts()
                        .serverSideApply())
                .satisfies(code(422))
                .hasMessageContaining("field is immutable");
    }

    @Test
    void deletingADeploymentTakesItsPodsAlong() {
        // Given
        deploy(V1, 2);

        // When
        client().apps()
                .deployments()
                .withName("bridge")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        // Then
        eventually(() -> {
            assertThat(bridge()).isNull();
            assertThat(pods()).isEmpty();
            assertThat(client().apps().replicaSets().list().getItems()).isEmpty();
        });
    }

    @Test
    void deletingWithAnOldResourceVersionIsAConflict() {
        // Given
        Deployment old = deploy(V1, 2);
        deploy(V2, 2);

        // When / Then
        assertThatThrownBy(() -> client().resource(old)
                        .lockResourceVersion(old.getMetadata().getResourceVersion())
                        .delete())
                .satisfies(code(409));
    }

    @Test
    void patchesOfEverySortMerge() {
        // Given
        deploy(V1, 1);
        var deployment = client().apps().deployments().withName("bridge");

        // When
        deployment.patch(
                PatchContext.of(PatchType.STRATEGIC_MERGE),
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]}]}}}}");
        deployment.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"tier\":\"back\"}}}");
        deployment.patch(
                PatchContext.of(PatchType.JSON), "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3}]");

        // Then
        Deployment patched = bridge();
        var container =
                patched.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getImage()).isEqualTo(V1);
        assertThat(container.getEnv())
                .singleElement()
                .satisfies(e -> assertThat(e.getValue()).isEqualTo("1"));
        assertThat(patched.getMetadata().getLabels())
                .containsEntry("tier", "back")
                .containsEntry("app", "bridge");
        assertThat(patched.getSpec().getReplicas()).isEqualTo(3);
    }

    private void awaitReady(String image, int replicas) {
        eventually(() -> {
            assertThat(bridge().getStatus().getUpdatedReplicas()).isEqualTo(replicas);
            assertThat(bridge().getStatus().getReadyReplicas()).isEqualTo(replicas);
            assertThat(pods()).hasSize(replicas).allMatch(pod -> image.equals(image(pod)));
        });
    }

    private Deployment deploy(String image, int replicas) {
        return client().resource(StandInTest.bridge(image, replicas).build())
                .fieldManager("longwatch")
                .serverSideApply();
    }

    private Deployment bridge() {
        return client().apps().deployments().withName("bridge").get();
    }

    private List<Pod> pods() {
        return client().pods().withLabel("app", "bridge").list().getItems();
    }

    private List<ReplicaSet> replicaSets() {
        return client().apps().replicaSets().withLabel("app", "bridge").list().getItems();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().get(0).getImage();
    }

    private static Consumer<Throwable> code(int wanted) {
        return e -> assertThat(e)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        failure -> assertThat(failure.getCode()).isEqualTo(wanted));
    }
}
