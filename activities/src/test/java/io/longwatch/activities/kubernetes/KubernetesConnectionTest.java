package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesConnectionTest {
    @Test
    void certificatesAreUncheckedOnLoopbackOnly() {
        // When / Then
        assertThat(at("https://127.0.0.1:6443", true).insecure()).isTrue();
        assertThatThrownBy(() -> at("https://cluster.example.com:6443", true)).hasMessageContaining("loopback only");
        assertThatThrownBy(() -> at("http://cluster.example.com:6443", false)).hasMessageContaining("loopback only");
        assertThatThrownBy(() -> at("https://127.evil.example:6443", true)).hasMessageContaining("loopback only");
    }

    @Test
    void oneWayIsGivenAndNoMore() {
        // When / Then
        assertThatThrownBy(() -> new KubernetesConnection(null, null, null, null, null, false, null))
                .hasMessageContaining("one way");
        assertThatThrownBy(() -> new KubernetesConnection(
                        Path.of("kubeconfig"), null, null, Secret.ofEnv("TOKEN"), null, false, null))
                .hasMessageContaining("belong to masterUrl");
    }

    @Test
    void aKubeconfigsContextGivesAddressAndNamespace(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("kubeconfig");
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: a
                clusters:
                - {name: a, cluster: {server: "https://a.example.com:6443"}}
                - {name: b, cluster: {server: "https://b.example.com:6443"}}
                users: [{name: u, user: {token: t}}]
                contexts:
                - {name: a, context: {cluster: a, user: u}}
                - {name: b, context: {cluster: b, user: u, namespace: shop}}
                """);
        try (KubernetesClients clients = new KubernetesClients()) {
            // When
            var cluster = clients.cluster(new KubernetesConnection(file, "b", null, null, null, false, null));

            // Then
            assertThat(cluster.client().getMasterUrl().toString()).startsWith("https://b.example.com:6443");
            assertThat(cluster.namespace(null)).isEqualTo("shop");
            assertThat(cluster.namespace("other")).isEqualTo("other");
        }
    }

    @Test
    void aMissingTokenIsNamedByItsSource() {
        // Given
        var connection = new KubernetesConnection(
                null, null, URI.create("https://127.0.0.1:1"), Secret.ofEnv("NO_SUCH_TOKEN"), null, true, null);
        try (KubernetesClients clients = new KubernetesClients()) {
            // When
            var failure = fails(
                    Failures.UNAVAILABLE,
                    true,
                    () -> clients.call(
                            connection, cluster -> cluster.client().pods().list()));

            // Then
            assertThat(failure.getOriginalMessage()).contains("NO_SUCH_TOKEN");
        }
    }

    @Test
    void aForwardToAServiceFindsTheNamedPortOfItsPod() {
        // Given
        Service service = new KubernetesSerialization().unmarshal("""
                apiVersion: v1
                kind: Service
                metadata: {name: bridge}
                spec: {ports: [{port: 80, targetPort: http}, {port: 81, targetPort: 9000}, {port: 82}]}
                """);
        var pod = new PodBuilder(pod("bridge-a", 1, 0))
                .editSpec()
                .editFirstContainer()
                .addNewPort()
                .withName("http")
                .withContainerPort(8000)
                .endPort()
                .endContainer()
                .endSpec()
                .build();

        // When / Then
        assertThat(PortForward.podPort(service, 80, pod)).isEqualTo(8000);
        assertThat(PortForward.podPort(service, 81, pod)).isEqualTo(9000);
        assertThat(PortForward.podPort(service, 82, pod)).isEqualTo(82);
        fails(Failures.INVALID, false, () -> PortForward.podPort(service, 83, pod));
    }

    @Test
    void onlyAPodThatIsReadyAndStaysIsChosen() {
        // Given
        var going = pod("going", 1, 0);
        going.getMetadata().setDeletionTimestamp("2026-11-21T14:00:00Z");
        var older = pod("older", 1, 0);
        older.getMetadata().setCreationTimestamp("2026-11-21T12:00:00Z");
        var younger = pod("younger", 1, 0);
        younger.getMetadata().setCreationTimestamp("2026-11-21T13:00:00Z");

        // When
        var chosen = PodChoice.ready("deployment/bridge", List.of(going, younger, older));

        // Then
        assertThat(chosen.getMetadata().getName()).isEqualTo("younger");
        fails(Failures.PENDING, true, () -> PodChoice.ready("deployment/bridge", List.of(going)));
    }

    private static KubernetesConnection at(String url, boolean insecure) {
        return new KubernetesConnection(null, null, URI.create(url), null, null, insecure, null);
    }
}
