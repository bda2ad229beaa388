package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.sandbox.kubernetes.PodBehaviour.Crashes;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ImagePullFails;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ProbeFails;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest extends StandInTest {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    @Test
    void aRolloutBecomesReadyAfterTheTimeItsImageTakes() {
        // Given
        cluster.behave(V1, PodBehaviour.readyAfter(Duration.ofSeconds(30)));
        deploy(V1, 2);

        // When
        pass(Duration.ofSeconds(29));
        Deployment before = bridge();
        pass(Duration.ofSeconds(1));
        Deployment after = bridge();

        // Then
        assertThat(before.getStatus().getReadyReplicas()).isZero();
        assertThat(reason(before, "Available")).isEqualTo("MinimumReplicasUnavailable");
        assertThat(after.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(after.getStatus().getObservedGeneration())
                .isEqualTo(after.getMetadata().getGeneration());
        assertThat(reason(after, "Progressing")).isEqualTo("NewReplicaSetAvailable");
    }

    @Test
    void aRollingUpdateKeepsToItsBounds() {
        // Given
        cluster.behave(V2, PodBehaviour.readyAfter(Duration.ofSeconds(10)));
        deploy(V1, 4);
        pass(Duration.ofMinutes(1));

        // When
        deploy(V2, 4);
        Deployment first = bridge();
        pass(Duration.ofMinutes(1));
        Deployment done = bridge();

        // Then: one more and one fewer of four, so two new ones at once
        assertThat(first.getStatus().getUpdatedReplicas()).isEqualTo(2);
        assertThat(first.getStatus().getReplicas()).isEqualTo(5);
        assertThat(first.getStatus().getAvailableReplicas()).isEqualTo(3);
        assertThat(done.getStatus().getReplicas()).isEqualTo(4);
        assertThat(done.getStatus().getUpdatedReplicas()).isEqualTo(4);
        assertThat(pods()).allMatch(pod -> image(pod).equals(V2));
    }

    @Test
    void hoursThatTheClockSkipsAreLivedThroughInOrder() {
        // Given
        deploy(V1, 4);
        pass(Duration.ofMinutes(1));
        deploy(V2, 4);

        // When
        pass(Duration.ofHours(48));

        // Then: the second pair of pods was made when the first was ready
        List<Instant> created = pods().stream()
                .map(pod -> Instant.parse(pod.getMetadata().getCreationTimestamp()))
                .sorted()
                .toList();
        assertThat(created.get(3)).isEqualTo(created.get(0).plusSeconds(5));
        assertThat(bridge().getStatus().getReadyReplicas()).isEqualTo(4);
    }

    @Test
    void aRolloutThatNeverBecomesReadyExceedsItsDeadlineAndKeepsTheOldPods() {
        // Given
        cluster.behave(V2, PodBehaviour.neverReady(new ImagePullFails("manifest unknown")));
        deploy(V1, 2);
        pass(Duration.ofMinutes(1));
        deploy(V2, 2);

        // When
        pass(Duration.ofMinutes(9));
        Deployment before = bridge();
        pass(Duration.ofMinutes(2));
        Deployment after = bridge();

        // Then
        assertThat(reason(before, "Progressing")).isEqualTo("ReplicaSetUpdated");
        assertThat(reason(after, "Progressing")).isEqualTo("ProgressDeadlineExceeded");
        assertThat(after.getStatus().getAvailableReplicas()).isEqualTo(2);
        assertThat(waiting(newest())).isEqualTo("ImagePullBackOff");
    }

    @Test
    void aCrashingImageIsRestartedWithBackOff() {
        // Given
        cluster.behave(V1, PodBehaviour.neverReady(new Crashes(137, Duration.ofSeconds(2))));

        // When
        deploy(V1, 1);
        pass(Duration.ofMinutes(3));

        // Then
        var status = newest().getStatus().getContainerStatuses().get(0);
        assertThat(status.getRestartCount()).isBetween(3, 5);
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        assertThat(waiting(newest())).isEqualTo("CrashLoopBackOff");
    }

    @Test
    void aFailingProbeLeavesThePodRunningAndUnreadyWithAnEvent() {
        // Given
        cluster.behave(V1, PodBehaviour.neverReady(new ProbeFails(503)));

        // When
        deploy(V1, 1);
        pass(Duration.ofMinutes(1));

        // Then
        assertThat(newest().getStatus().getPhase()).isEqualTo("Running");
        assertThat(newest().getStatus().getContainerStatuses().get(0).getReady())
                .isFalse();
        assertThat(client.v1().events().list().getItems())
                .anyMatch(event -> event.getReason().equals("Unhealthy")
                        && event.getMessage().contains("statuscode: 503"));
    }

    @Test
    void aDyingContainerIsRestartedAndNotReadyMeanwhile() {
        // Given
        Instant death = clock.instant().plus(Duration.ofHours(3));
        cluster.behave(V1, PodBehaviour.readyAfter(Duration.ofSeconds(20)).dyingAt(death, 137, "OOMKilled"));
        deploy(V1, 1);

        // When
        pass(Duration.ofHours(3).plusSeconds(1));
        boolean readyJustAfter =
                newest().getStatus().getContainerStatuses().get(0).getReady();
        pass(Duration.ofSeconds(30));

        // Then
        var status = newest().getStatus().getContainerStatuses().get(0);
        assertThat(readyJustAfter).isFalse();
        assertThat(status.getReady()).isTrue();
        assertThat(status.getRestartCount()).isEqualTo(1);
        assertThat(status.getLastState().getTerminated().getReason()).isEqualTo("OOMKilled");
    }

    @Test
    void undoingARolloutReusesTheFormerReplicaSetUnderANewRevision() {
        // Given
        deploy(V1, 2);
        pass(Duration.ofMinutes(1));
        deploy(V2, 2);
        pass(Duration.ofMinutes(1));

        // When
        client.apps().deployments().withName("bridge").rolling().undo();
        pass(Duration.ofMinutes(1));

        // Then
        List<ReplicaSet> replicaSets =
                client.apps().replicaSets().withLabel("app", "bridge").list().getItems();
        assertThat(replicaSets).hasSize(2);
        assertThat(bridge().getMetadata().getAnnotations()).containsEntry(REVISION, "3");
        assertThat(pods()).hasSize(2).allMatch(pod -> image(pod).equals(V1));
        assertThat(replicaSets)
                .filteredOn(r -> r.getSpec().getReplicas() == 2)
                .singleElement()
                .satisfies(r -> assertThat(r.getMetadata().getAnnotations())
                        .containsEntry(REVISION, "3")
                        .containsEntry("deployment.kubernetes.io/revision-history", "1"));
    }

    @Test
    void scalingMakesAndDeletesPodsWithoutANewRevision() {
        // Given
        deploy(V1, 1);
        pass(Duration.ofMinutes(1));

        // When
        client.apps().deployments().withName("bridge").scale(3);
        pass(Duration.ofMinutes(1));
        int up = pods().size();
        client.apps().deployments().withName("bridge").scale(0);

        // Then
        assertThat(up).isEqualTo(3);
        assertThat(pods()).isEmpty();
        assertThat(bridge().getMetadata().getAnnotations()).containsEntry(REVISION, "1");
    }

    @Test
    void historyIsKeptToItsLimit() {
        // Given
        for (int i = 1; i <= 5; i++) {
            Deployment wanted = bridge("registry.test/bridge:" + i, 1)
                    .editSpec()
                    .withRevisionHistoryLimit(2)
                    .endSpec()
                    .build();
            client.resource(wanted).fieldManager("longwatch").serverSideApply();

            // When
            pass(Duration.ofMinutes(1));
        }

        // Then
        assertThat(client.apps().replicaSets().list().getItems()).hasSize(3);
    }

    @Test
    void anAutoscalerHoldsTheReplicasAndOwnsThem() {
        // Given
        deploy(V1, 2);

        // When
        client.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .load(RolloutTest.class.getResourceAsStream("/io/longwatch/sandbox/kubernetes/autoscaler.yaml"))
                .create();

        // Then
        assertThat(bridge().getSpec().getReplicas()).isEqualTo(3);
        assertThat(bridge().getMetadata().getManagedFields())
                .anyMatch(entry -> "scale".equals(entry.getSubresource())
                        && entry.getManager().equals("kube-controller-manager"));
    }

    private Pod newest() {
        return pods().stream()
                .max(Comparator.comparing(pod -> pod.getMetadata().getCreationTimestamp()))
                .orElseThrow();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().get(0).getImage();
    }

    private static String waiting(Pod pod) {
        return pod.getStatus()
                .getContainerStatuses()
                .get(0)
                .getState()
                .getWaiting()
                .getReason();
    }
}
