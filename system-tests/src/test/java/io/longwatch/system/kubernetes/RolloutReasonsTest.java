package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.longwatch.contract.Failures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rollout that does not become ready, and the words in which a step says why. */
class RolloutReasonsTest extends OnControlPlane {
    private static final String NEVER = "progressDeadlineSeconds: 600";

    @Test
    void moreCpuThanTheNodesHave() {
        // When
        apply(STEP, deployment(IMAGE, 1) + """
                    resources: {requests: {cpu: "64"}}
            """);

        // Then
        says("0 of 1 new replicas are available", "cannot be scheduled", "Insufficient cpu");
    }

    @Test
    void aNodeSelectorThatNoNodeMeets() {
        // When
        apply(STEP, deployment(IMAGE, 1, NEVER, "nodeSelector: {disk: ssd}"));

        // Then
        says("cannot be scheduled", "node affinity/selector");
    }

    @Test
    void aQuotaThatIsUsedUp() {
        // Given
        admin().resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("few")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("1"))
                        .endSpec()
                        .build())
                .create();

        // When
        apply(STEP, deployment(IMAGE, 2));

        // Then
        says("pods cannot be made", "exceeded quota: few");
    }

    @Test
    void anImageThatCannotBePulled() {
        // When
        apply(STEP, deployment("registry.test/bridge:no-image", 1));

        // Then
        says("cannot pull image registry.test/bridge:no-image", "ImagePullBackOff", "manifest unknown");
    }

    @Test
    void aContainerThatCrashes() {
        // When
        apply(STEP, deployment("registry.test/bridge:crashes", 1));

        // Then
        says("crashes again and again", "exit code 137 OOMKilled", "3 restarts");
    }

    @Test
    void aProbeThatDoesNotSucceed() {
        // When
        apply(STEP, deployment("registry.test/bridge:never-ready", 1));

        // Then
        says("readiness probe of container app has not succeeded");
    }

    @Test
    void theDeadlineEndsTheWaitAndTheReasonStays() {
        // Given
        apply(STEP, deployment("registry.test/bridge:no-image", 1, "progressDeadlineSeconds: 5", ""));

        // When / Then
        assertThatThrownBy(this::rollout)
                .satisfies(failure(Failures.EXPECTATION))
                .hasMessageContaining("passed its progress deadline")
                .hasMessageContaining("cannot pull image registry.test/bridge:no-image");
    }

    @Test
    void anUpdateThatFailsKeepsTheFormerPodsAndSaysWhatIsWrongWithTheNew() {
        // Given
        apply(STEP, deployment(IMAGE, 2));
        rollout();

        // When
        apply(NEXT, deployment("registry.test/bridge:crashes", 2));

        // Then
        says("1 of 2 new replicas are made", "crashes again and again");
    }

    private void says(String... words) {
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThatThrownBy(this::look)
                        .satisfies(failure(Failures.PENDING))
                        .hasMessageContainingAll(words));
    }
}
