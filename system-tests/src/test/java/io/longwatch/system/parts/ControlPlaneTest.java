package io.longwatch.system.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ControlPlaneTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ControlPlane cluster = ControlPlane.shared();

    @Test
    void aSecondRevisionKeepsTheReplicaSetOfTheFirst() {
        // Given
        cluster.createNamespace("revisions");
        apply("1");
        awaitReady("1");

        // When
        apply("2");
        awaitReady("2");

        // Then
        // The former set goes down to nothing after the latter's pods are ready, not with them.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sets())
                        .extracting(set -> set.getSpec().getReplicas())
                        .containsExactlyInAnyOrder(0, 2));
    }

    private void apply(String tag) {
        cluster.client()
                .load(new ByteArrayInputStream("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: bridge, namespace: revisions}
                        spec:
                          replicas: 2
                          selector: {matchLabels: {app: bridge}}
                          template:
                            metadata: {labels: {app: bridge}}
                            spec: {containers: [{name: app, image: "registry.test/bridge:%s"}]}
                        """.formatted(tag).getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private void awaitReady(String tag) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ready(tag)).isEqualTo(2));
    }

    private int ready(String tag) {
        return sets().stream()
                .filter(set -> image(set).endsWith(":" + tag))
                .filter(set -> set.getStatus().getReadyReplicas() != null)
                .mapToInt(set -> set.getStatus().getReadyReplicas())
                .sum();
    }

    private List<ReplicaSet> sets() {
        return cluster.client()
                .apps()
                .replicaSets()
                .inNamespace("revisions")
                .list()
                .getItems();
    }

    private static String image(ReplicaSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
    }
}
