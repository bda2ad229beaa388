package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NAME;
import static io.longwatch.activities.kubernetes.Fixtures.NAMESPACE;
import static io.longwatch.activities.kubernetes.Fixtures.OLD;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.replicaSet;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final ScaleInput TO_TWO = new ScaleInput(null, null, NAME, 2, null);

    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void scalingIsPendingWithTheReasonUntilAllAreReady() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);

        // When
        var pending = fails(Failures.PENDING, true, () -> actions.scale(STEP, TO_TWO, before));
        ready(2);
        var result = actions.scale(STEP, TO_TWO, before);

        // Then
        assertThat(pending.getOriginalMessage()).startsWith("1 of 2 replicas ready");
        assertThat(result.readyReplicas()).isEqualTo(2);
        assertThat(cluster.writes.stream().filter(write -> write.contains("fieldManager=longwatch")))
                .as("one write in both attempts")
                .hasSize(1);
    }

    @Test
    void withoutWaitingItEndsWhenTheSpecIsSet() {
        // Given
        stands(1);
        var input = new ScaleInput(null, null, NAME, 2, false);

        // When
        var result = actions.scale(STEP, input, actions.scaleBefore(STEP, input));

        // Then
        assertThat(result.replicas()).isEqualTo(2);
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void anAutoscalerIsNamedAndNothingIsWritten() {
        // Given
        stands(1);
        autoscaled();

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.scaleBefore(STEP, TO_TWO));

        // Then
        assertThat(failure.getOriginalMessage()).contains("HorizontalPodAutoscaler bridge-hpa");
    }

    @Test
    void anAutoscalerThatCameSinceIsNamedAndNothingIsWritten() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        autoscaled();

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.scale(STEP, TO_TWO, before));

        // Then
        assertThat(failure.getOriginalMessage()).contains("HorizontalPodAutoscaler bridge-hpa");
        assertThat(cluster.writes).noneMatch(write -> write.startsWith("PATCH"));
    }

    @Test
    void aDeploymentThatDoesNotExistIsFinal() {
        // When
        var failure = fails(Failures.NOT_FOUND, false, () -> actions.scaleBefore(STEP, TO_TWO));

        // Then
        assertThat(failure.getOriginalMessage()).contains("'bridge'").contains("'production'");
    }

    @Test
    void replicasThatSomeoneElseSetMeanwhileAreNotOverwritten() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        scaledBySomeone(4);

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.scale(STEP, TO_TWO, before));

        // Then
        assertThat(failure.getOriginalMessage()).contains("scaled to 4");
        assertThat(live().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void replicasThatAreChangedBackAfterTheWriteAreNotSetAgain() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        fails(Failures.PENDING, true, () -> actions.scale(STEP, TO_TWO, before));
        scaledBySomeone(1);

        // When / Then
        fails(Failures.REFUSED, false, () -> actions.scale(STEP, TO_TWO, before));
    }

    @Test
    void aWriteAtTheSameInstantIsAConflictAndRetried() {
        // Given
        stands(1);
        Deployment seen = live();
        scaledBySomeone(3);

        // When / Then
        fails(
                Failures.CONFLICT,
                true,
                () -> cluster.clients.call(cluster.connection(), there -> new Replicas(there).set(seen, 2)));
    }

    @Test
    void undoSetsTheFormerReplicasOnce() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        fails(Failures.PENDING, true, () -> actions.scale(STEP, TO_TWO, before));

        // When
        var first = actions.undoScale(STEP, TO_TWO, before, null);
        var second = actions.undoScale(STEP, TO_TWO, before, null);

        // Then
        assertThat(first.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(second.outcome())
                .as("the next attempt, after an answer that was lost")
                .isEqualTo(Outcome.REVERTED);
        assertThat(live().getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void undoRefusesReplicasThatSomeoneElseHasSetSince() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        scaledBySomeone(5);

        // When
        var undone = actions.undoScale(STEP, TO_TWO, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(live().getSpec().getReplicas()).isEqualTo(5);
    }

    @Test
    void undoDoesNotShrinkTheFormerVersionThatIsAlreadyBack() {
        // Given
        stands(1);
        mark(STEP.at("apply").key());
        var before = actions.scaleBefore(STEP, TO_TWO);
        fails(Failures.PENDING, true, () -> actions.scale(STEP, TO_TWO, before));
        mark(null);

        // When
        var undone = actions.undoScale(STEP, TO_TWO, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void undoLeavesAVersionAloneThatIsBackByTheWayOfTheReleaseBefore() {
        // Given
        StepRef former = new StepRef("bridge-production-20261114-1", "production", "apply");
        stands(1);
        mark(STEP.at("apply").key());
        var before = actions.scaleBefore(STEP, TO_TWO);
        fails(Failures.PENDING, true, () -> actions.scale(STEP, TO_TWO, before));
        mark(null);

        // When
        var undone = actions.undoScale(STEP, TO_TWO, before.takingOver(ofRelease(former, 3)), null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void undoRefusesAVersionThatAnotherBrought() {
        // Given
        stands(1);
        var before = actions.scaleBefore(STEP, TO_TWO);
        mark("bridge-production-20261128-1/apply");
        scaledBySomeone(2);

        // When
        var undone = actions.undoScale(STEP, TO_TWO, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).endsWith("not by this release but by bridge-production-20261128-1/apply");
    }

    private ScaleBefore ofRelease(StepRef step, int replicas) {
        return new ScaleBefore(replicas, "1", live().getMetadata().getUid(), step.key());
    }

    private void stands(int replicas) {
        Deployment held = cluster.holds(deployment(1, replicas, OLD));
        cluster.holds(replicaSet(held, 1, OLD));
    }

    private void autoscaled() {
        cluster.holds("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: bridge-hpa, namespace: production}
                spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: bridge}}
                """);
    }

    private void ready(int replicas) {
        edit(held -> held.editStatus()
                .withReplicas(replicas)
                .withReadyReplicas(replicas)
                .endStatus()
                .build());
    }

    private void scaledBySomeone(int replicas) {
        edit(held -> held.editSpec().withReplicas(replicas).endSpec().build());
    }

    private void mark(String mark) {
        edit(held -> mark == null
                ? held.editMetadata()
                        .removeFromAnnotations(Release.ANNOTATION)
                        .endMetadata()
                        .build()
                : held.editMetadata()
                        .addToAnnotations(Release.ANNOTATION, mark)
                        .endMetadata()
                        .build());
    }

    private void edit(Function<DeploymentBuilder, Deployment> change) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .edit(held -> change.apply(new DeploymentBuilder(held)));
    }

    private Deployment live() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }
}
