package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.kubernetes.KubernetesContract;
import io.longwatch.system.parts.ControlPlane;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract on a real control plane, under an account that has the least rights it needs. */
@Timeout(300)
class KubernetesOnControlPlaneTest extends KubernetesContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "second-node");

    private final ControlPlane cluster = ControlPlane.shared();
    private final String namespace = OnControlPlane.newNamespace(cluster);
    private final HastyClock clock = new HastyClock();

    @AfterEach
    void noActionWatched() {
        assertThat(cluster.watches(namespace)).isEmpty();
    }

    @Test
    void theSameStepAgainIsOneRevisionOnTheServer() {
        // Given
        ApplyBefore before = apply(STEP, V1, 1);

        // When
        attempts().untilDone(() -> actions().apply(STEP, manifest(V1, 1), before));

        // Then
        assertThat(client().apps().deployments().list().getItems())
                .singleElement()
                .satisfies(d -> assertThat(d.getMetadata().getGeneration()).isEqualTo(1));
        assertThat(client().apps().replicaSets().list().getItems()).hasSizeLessThanOrEqualTo(1);
    }

    @Override
    protected KubernetesConnection connection() {
        return OnControlPlane.connection(cluster, namespace);
    }

    @Override
    protected KubernetesClient client() {
        return OnControlPlane.admin(cluster, namespace);
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }
}
