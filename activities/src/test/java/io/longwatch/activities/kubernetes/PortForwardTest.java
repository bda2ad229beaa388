package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortForwardTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: stranger, namespace: production}
            spec: {containers: [{name: stranger, image: stranger}]}
            status: {conditions: [{type: Ready, status: "True"}]}
            """;

    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aServiceWithoutSelectorLeadsToNoPod() {
        // Given
        cluster.holds(POD);
        cluster.holds("""
                apiVersion: v1
                kind: Service
                metadata: {name: bridge, namespace: production}
                spec: {ports: [{port: 80}]}
                """);

        // When / Then
        fails(Failures.REFUSED, "service/bridge", "'bridge' has no selector");
    }

    @Test
    void aPodThatDoesNotExistIsNamed() {
        // When / Then
        fails(Failures.NOT_FOUND, "pod/bridge-7f", "'bridge-7f'", "'production'");
    }

    @Test
    void aPodThatIsNotReadyIsWaitedFor() {
        // Given
        cluster.holds(POD.replace("\"True\"", "\"False\""));

        // When / Then
        fails(Failures.PENDING, "pod/stranger", "none of the 1 pods of pod/stranger is ready");
    }

    private void fails(String type, String target, String... words) {
        var connection = cluster.context().connections().get(KubernetesConnection.class, null);
        assertThatThrownBy(() -> PortForward.open(cluster.clients, connection, null, target, 80)
                        .close())
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.getOriginalMessage()).contains(List.of(words));
                });
    }
}
