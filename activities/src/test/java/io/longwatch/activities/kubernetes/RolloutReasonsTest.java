package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NEW;
import static io.longwatch.activities.kubernetes.Fixtures.OLD;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static io.longwatch.activities.kubernetes.Fixtures.replicaSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutReasonsTest {
    private final Deployment deployment = deployment(4, 2, NEW);
    private final ReplicaSet set = replicaSet(deployment, 4, NEW);

    @Test
    void anImageThatCannotBePulledIsNamed() {
        // Given
        var pod = with(waiting("ImagePullBackOff", "not found"));

        // When
        String why = new RolloutReasons(Warnings.NONE).inWords(deployment, List.of(set), List.of(pod));

        // Then
        assertThat(why).isEqualTo(": pod bridge-a cannot pull image " + NEW + " (ImagePullBackOff: not found)");
    }

    @Test
    void aCrashLoopTellsTheLastExitCodeAndTheRestarts() {
        // Given
        var crashing = waiting("CrashLoopBackOff", "back-off").toBuilder()
                .withRestartCount(3)
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(137)
                .withReason("OOMKilled")
                .endTerminated()
                .endLastState()
                .build();

        // When
        String why = new RolloutReasons(Warnings.NONE).inWords(deployment, List.of(set), List.of(with(crashing)));

        // Then
        assertThat(why).contains("crashes again and again").contains("exit code 137 OOMKilled, 3 restarts");
    }

    @Test
    void aContainerThatRunsUnreadyIsItsProbe() {
        // Given
        var running = new ContainerStatusBuilder()
                .withName("bridge")
                .withReady(false)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();

        // When
        String why = new RolloutReasons(Warnings.NONE).inWords(deployment, List.of(set), List.of(with(running)));

        // Then
        assertThat(why).contains("readiness probe of container bridge");
    }

    @Test
    void theProbeThatFailsIsToldInTheNodesWords() {
        // Given
        var running = new ContainerStatusBuilder()
                .withName("bridge")
                .withReady(false)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();
        Warnings warnings = (object, reason) -> Optional.of(reason)
                .filter("Unhealthy"::equals)
                .map(unhealthy -> "Startup probe failed: HTTP probe failed with statuscode: 503");

        // When
        String why = new RolloutReasons(warnings).inWords(deployment, List.of(set), List.of(with(running)));

        // Then
        assertThat(why)
                .isEqualTo(
                        ": pod bridge-a runs but is not ready: container bridge: Startup probe failed: HTTP probe failed"
                                + " with statuscode: 503");
    }

    @Test
    void whatKeepsPodsFromBeingMadeIsToldThoughTheReplicaSetDoesNotSayItYet() {
        // Given
        var lacking = new ReplicaSetBuilder(set)
                .editSpec()
                .withReplicas(2)
                .endSpec()
                .withNewStatus()
                .withReplicas(0)
                .endStatus()
                .build();
        Warnings warnings = (object, reason) ->
                Optional.of(reason).filter("FailedCreate"::equals).map(failed -> "denied by webhook policy");

        // When
        String why = new RolloutReasons(warnings).inWords(deployment, List.of(lacking), List.of());

        // Then
        assertThat(why).isEqualTo(": pods cannot be made: denied by webhook policy");
    }

    @Test
    void aQuotaIsReadFromTheNewestReplicaSet() {
        // Given
        var refused = new ReplicaSetBuilder(set)
                .withNewStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage("exceeded quota: pods=10")
                .endCondition()
                .endStatus()
                .build();

        // When
        String why = new RolloutReasons(Warnings.NONE)
                .inWords(deployment, List.of(replicaSet(deployment, 3, OLD), refused), List.of());

        // Then
        assertThat(why).isEqualTo(": pods cannot be made: exceeded quota: pods=10");
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSays() {
        // Given
        var pod = new PodBuilder(pod("bridge-a", 4, 0))
                .editStatus()
                .withContainerStatuses()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient cpu.")
                .endCondition()
                .endStatus()
                .build();

        // When
        String why = new RolloutReasons(Warnings.NONE).inWords(deployment, List.of(set), List.of(pod));

        // Then
        assertThat(why).contains("pod bridge-a cannot be scheduled: 0/3 nodes");
    }

    @Test
    void podsOfTheFormerVersionGiveNoReason() {
        // Given
        var old = new PodBuilder(with(waiting("CrashLoopBackOff", null)))
                .editMetadata()
                .addToLabels(Deployments.HASH, "h3")
                .endMetadata()
                .build();

        // When / Then
        assertThat(new RolloutReasons(Warnings.NONE).inWords(deployment, List.of(set), List.of(old)))
                .isEmpty();
    }

    @Test
    void aRolloutIsCompleteAsKubectlSaysIt() {
        // Given
        var unseen = with(deployment, 999L, 2, 2, 2);

        // When / Then
        assertThat(Rollout.missing(deployment)).isEmpty();
        assertThat(Rollout.missing(unseen))
                .hasValueSatisfying(why -> assertThat(why).contains("not seen the change"));
        assertThat(Rollout.missing(with(deployment, 2000L, 2, 1, 2))).hasValue("1 of 2 new replicas are made");
        assertThat(Rollout.missing(with(deployment, 2000L, 3, 2, 2))).hasValue("1 old replicas still run");
        assertThat(Rollout.missing(with(deployment, 2000L, 2, 2, 1))).hasValue("1 of 2 new replicas are available");
    }

    private static Deployment with(Deployment deployment, long observed, int total, int updated, int available) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .withGeneration(1000L)
                .endMetadata()
                .editStatus()
                .withObservedGeneration(observed)
                .withReplicas(total)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
    }

    private static ContainerStatus waiting(String reason, String message) {
        return new ContainerStatusBuilder()
                .withName("bridge")
                .withImage(NEW)
                .withReady(false)
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .build();
    }

    private static Pod with(ContainerStatus status) {
        return new PodBuilder(pod("bridge-a", 4, 0))
                .editStatus()
                .withContainerStatuses(status)
                .endStatus()
                .build();
    }
}
