package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NAME;
import static io.longwatch.activities.kubernetes.Fixtures.NAMESPACE;
import static io.longwatch.activities.kubernetes.Fixtures.NEW;
import static io.longwatch.activities.kubernetes.Fixtures.OLD;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static io.longwatch.activities.kubernetes.Fixtures.replicaSet;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolloutStatusTest {
    private static final RolloutStatusInput TWO_MINUTES = new RolloutStatusInput(null, null, NAME, null, null, null);

    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aCompleteRolloutMustHoldForTwoMinutesOverItsAttempts() {
        // Given
        stands();

        // When
        fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));
        cluster.passes(Duration.ofSeconds(119));
        var nearly = fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));
        cluster.passes(Duration.ofSeconds(1));
        var result = actions.rolloutStatus(STEP, TWO_MINUTES);

        // Then
        assertThat(nearly.getOriginalMessage()).contains("held for 1m59s of 2m");
        assertThat(nearly.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(result.stableSeconds()).isEqualTo(120);
        assertThat(result.revision()).isEqualTo(4);
        assertThat(result.images()).containsExactly(NEW);
        assertThat(result.changedBy()).isNull();
    }

    @Test
    void whoAsksOnceHearsWhatStandsNow() {
        // Given
        stands();
        cluster.invocation.once = true;

        // When
        var result = actions.rolloutStatus(STEP, TWO_MINUTES);

        // Then
        assertThat(result.readyReplicas()).isEqualTo(2);
        assertThat(result.stableSeconds()).isZero();
    }

    @Test
    void aRestartBeginsTheTimeAnew() {
        // Given
        stands();
        fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));
        cluster.passes(Duration.ofMinutes(2));
        cluster.client().resource(pod("bridge-a", 4, 1)).update();

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));

        // Then
        assertThat(failure.getOriginalMessage()).contains("held for 0s");
    }

    @Test
    void lostReadinessBeginsTheTimeAnewAndSaysWhy() {
        // Given
        stands();
        fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));
        cluster.passes(Duration.ofMinutes(2));
        edit(held -> held.editStatus().withAvailableReplicas(1).endStatus().build());

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));
        edit(held -> held.editStatus().withAvailableReplicas(2).endStatus().build());
        var again = fails(Failures.PENDING, true, () -> actions.rolloutStatus(STEP, TWO_MINUTES));

        // Then
        assertThat(failure.getOriginalMessage()).contains("1 of 2 new replicas are available");
        assertThat(again.getOriginalMessage()).contains("held for 0s");
    }

    @Test
    void aPassedProgressDeadlineIsFinal() {
        // Given
        stands();
        edit(held -> held.editStatus()
                .withAvailableReplicas(0)
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .endCondition()
                .endStatus()
                .build());

        // When
        var failure = fails(Failures.EXPECTATION, false, () -> actions.rolloutStatus(STEP, TWO_MINUTES));

        // Then
        assertThat(failure.getOriginalMessage()).contains("progress deadline").contains("0 of 2");
    }

    @Test
    void anImageThatWasChangedBackIsFinalAndSaysByWhom() {
        // Given
        stands();
        edit(held -> held.editMetadata()
                .addNewManagedField()
                .withManager("argocd-controller")
                .withOperation("Update")
                .withTime("2026-11-21T14:00:10Z")
                .endManagedField()
                .endMetadata()
                .build());
        var input = new RolloutStatusInput(null, null, NAME, "registry/bridge:1.6.0", null, null);

        // When
        var failure = fails(Failures.EXPECTATION, false, () -> actions.rolloutStatus(STEP, input));

        // Then
        assertThat(failure.getOriginalMessage())
                .contains(NEW)
                .contains("not registry/bridge:1.6.0")
                .contains("argocd-controller at 2026-11-21T14:00:10Z");
    }

    @Test
    void aRevisionThatWasGoneBackToIsKnownByItsOldNumber() {
        // Given
        Deployment held = cluster.holds(deployment(5, 2, OLD));
        var set = replicaSet(held, 5, OLD);
        set.getMetadata().getAnnotations().put(Deployments.HISTORY, "1,3");
        cluster.holds(set);
        var third = new RolloutStatusInput(null, null, NAME, null, 3L, Duration.ZERO);
        var second = new RolloutStatusInput(null, null, NAME, null, 2L, Duration.ZERO);

        // When
        var result = actions.rolloutStatus(STEP, third);

        // Then
        assertThat(result.revision()).isEqualTo(5);
        fails(Failures.EXPECTATION, false, () -> actions.rolloutStatus(STEP, second));
    }

    private void stands() {
        Deployment held = cluster.holds(deployment(4, 2, NEW));
        cluster.holds(replicaSet(held, 4, NEW));
        cluster.holds(pod("bridge-a", 4, 0));
        cluster.holds(pod("bridge-b", 4, 0));
    }

    private void edit(Function<DeploymentBuilder, Deployment> change) {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .edit(held -> change.apply(new DeploymentBuilder(held)));
    }
}
