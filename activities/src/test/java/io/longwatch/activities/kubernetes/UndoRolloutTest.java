package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NAME;
import static io.longwatch.activities.kubernetes.Fixtures.NAMESPACE;
import static io.longwatch.activities.kubernetes.Fixtures.NEW;
import static io.longwatch.activities.kubernetes.Fixtures.OLD;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.replicaSet;
import static io.longwatch.activities.kubernetes.Fixtures.unobserved;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UndoRolloutTest {
    private static final UndoRolloutInput PREVIOUS = new UndoRolloutInput(null, null, NAME, null, 2, null);

    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void itGoesBackToThePreviousRevisionAndRestoresReplicas() {
        // Given
        stands(4, 1);
        var before = actions.undoRolloutBefore(STEP, PREVIOUS);

        // When
        var result = actions.undoRollout(STEP, PREVIOUS, before);

        // Then
        assertThat(before.target()).isEqualTo(3);
        assertThat(result.image()).isEqualTo(OLD);
        assertThat(Deployments.images(live())).containsExactly(OLD);
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void aRepeatDoesNotGoFurtherBack() {
        // Given
        stands(4, 1);
        var before = actions.undoRolloutBefore(STEP, PREVIOUS);
        actions.undoRollout(STEP, PREVIOUS, before);
        cluster.writes.clear();

        // When
        var again = actions.undoRollout(STEP, PREVIOUS, before);

        // Then
        assertThat(again.revision()).isEqualTo(3);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void aStepThatIsDoneOnceMoreAfterItsEffectStaysAtItsRevision() {
        // Given
        stands(4, 1);
        actions.undoRollout(STEP, PREVIOUS, actions.undoRolloutBefore(STEP, PREVIOUS));
        settlesBack(3, 5);
        cluster.writes.clear();

        // When
        var before = actions.undoRolloutBefore(STEP, PREVIOUS);
        var again = actions.undoRollout(STEP, PREVIOUS, before);

        // Then
        assertThat(before.target()).isEqualTo(5);
        assertThat(again.image()).isEqualTo(OLD);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void anotherReleasesStepGoesBackFromWhereThisOneWentTo() {
        // Given
        stands(4, 1);
        actions.undoRollout(STEP, PREVIOUS, actions.undoRolloutBefore(STEP, PREVIOUS));
        settlesBack(3, 5);
        var other = new StepRef("bridge-production-20261122-1", "production", "first-node");

        // When
        var before = actions.undoRolloutBefore(other, PREVIOUS);

        // Then
        assertThat(before.target()).isEqualTo(4);
    }

    @Test
    void aFirstDeploymentIsRefusedUnlessTheReleaseCreatedIt() {
        // Given
        Deployment held = cluster.holds(deployment(1, 1, NEW));
        cluster.holds(replicaSet(held, 1, NEW));

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.undoRolloutBefore(STEP, PREVIOUS));

        // Then
        assertThat(failure.getOriginalMessage()).contains("createdByRelease: true");
    }

    @Test
    void whatTheReleaseCreatedIsDeletedOnce() {
        // Given
        var created = deployment(1, 1, NEW);
        created.getMetadata()
                .getAnnotations()
                .put(Release.ANNOTATION, STEP.at("apply").key());
        cluster.holds(created);
        var input = new UndoRolloutInput(null, null, NAME, null, null, true);
        var before = actions.undoRolloutBefore(STEP, input);

        // When
        var result = actions.undoRollout(STEP, input, before);
        var again = actions.undoRollout(STEP, input, before);

        // Then
        assertThat(result.deleted()).isTrue();
        assertThat(again.deleted()).isTrue();
        assertThat(live()).isNull();
        assertThat(cluster.writes.stream().filter(write -> write.startsWith("DELETE")))
                .hasSize(1);
    }

    @Test
    void whatAnotherCreatedIsNeverDeleted() {
        // Given
        cluster.holds(deployment(1, 1, NEW));
        var input = new UndoRolloutInput(null, null, NAME, null, null, true);
        var before = actions.undoRolloutBefore(STEP, input);

        // When
        fails(Failures.REFUSED, false, () -> actions.undoRollout(STEP, input, before));

        // Then
        assertThat(live()).isNotNull();
    }

    @Test
    void aRevisionThatIsNotKeptIsFinal() {
        // Given
        stands(4, 1);
        var input = new UndoRolloutInput(null, null, NAME, 1L, null, null);

        // When
        var failure = fails(Failures.NOT_FOUND, false, () -> actions.undoRolloutBefore(STEP, input));

        // Then
        assertThat(failure.getOriginalMessage()).contains("no revision 1");
    }

    @Test
    void itsOwnUndoGoesForwardAgain() {
        // Given
        stands(4, 1);
        var before = actions.undoRolloutBefore(STEP, PREVIOUS);
        actions.undoRollout(STEP, PREVIOUS, before);

        // When
        var first = actions.undoUndoRollout(STEP, PREVIOUS, before, null);
        var second = actions.undoUndoRollout(STEP, PREVIOUS, before, null);
        cluster.invocation.heartbeats.clear();
        var later = actions.undoUndoRollout(STEP, PREVIOUS, before, null);

        // Then
        assertThat(first.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(second.outcome())
                .as("the next attempt, after an answer that was lost")
                .isEqualTo(Outcome.REVERTED);
        assertThat(later.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(Deployments.images(live())).containsExactly(NEW);
    }

    @Test
    void whichRevisionIsThePreviousOneIsKnownOnceTheControllerHasSeenThePresentOne() {
        // Given
        cluster.holds(unobserved(deployment(3, 2, NEW)));

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.undoRolloutBefore(STEP, PREVIOUS));

        // Then
        assertThat(failure).hasMessageContaining("has not yet seen the last change of Deployment bridge");
    }

    private void stands(long revision, int replicas) {
        Deployment held = cluster.holds(deployment(revision, replicas, NEW));
        cluster.holds(replicaSet(held, revision - 1, OLD));
        cluster.holds(replicaSet(held, revision, NEW));
    }

    /** As the Deployment controller would: the ReplicaSet of an earlier revision becomes the newest. */
    private void settlesBack(long former, long revision) {
        cluster.client()
                .apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withName(NAME + "-h" + former)
                .edit(set -> new ReplicaSetBuilder(set)
                        .editMetadata()
                        .addToAnnotations(Deployments.REVISION, Long.toString(revision))
                        .addToAnnotations(Deployments.HISTORY, Long.toString(former))
                        .endMetadata()
                        .build());
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .edit(held -> new DeploymentBuilder(held)
                        .editMetadata()
                        .addToAnnotations(Deployments.REVISION, Long.toString(revision))
                        .endMetadata()
                        .build());
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
