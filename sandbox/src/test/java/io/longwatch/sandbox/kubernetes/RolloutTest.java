package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.longwatch.sandbox.kubernetes.PodBehaviour.Crashes;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ImagePullFails;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ProbeFails;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutTest extends StandInTest {
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
