package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NEW;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.pod;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.mockwebserver.http.MockResponse;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.contract.Failures;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GetTest {
    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aRefusalSaysWhatToDo() {
        // Given
        var input = new GetInput(null, null, null, "Pod", null, null, null);
        String path = "GET /api/v1/namespaces/production/pods";
        String forbidden = "pods is forbidden: User \\\"longwatch\\\" cannot list resource \\\"pods\\\" in API group";

        // When
        cluster.answers.put(path, new MockResponse().setResponseCode(401).setBody(status("Unauthorized")));
        var unknown = fails(Failures.DENIED, false, () -> actions.get(STEP, input));
        cluster.answers.put(path, new MockResponse().setResponseCode(403).setBody(status(forbidden)));
        var lacking = fails(Failures.DENIED, false, () -> actions.get(STEP, input));
        cluster.answers.put(path, new MockResponse().setResponseCode(403).setBody(status("exceeded quota: few")));
        var limited = fails(Failures.DENIED, false, () -> actions.get(STEP, input));

        // Then
        assertThat(unknown.getOriginalMessage()).contains("renew the token");
        assertThat(lacking.getOriginalMessage())
                .contains("cannot list resource")
                .contains("grant it by a Role");
        assertThat(limited.getOriginalMessage()).endsWith("exceeded quota: few");
    }

    private static String status(String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message + "\"}";
    }

    @Test
    void podsAreCountedWithTheirReadinessAndRestarts() {
        // Given
        cluster.holds(pod("bridge-a", 1, 2));
        var unready = pod("bridge-b", 1, 1);
        unready.getStatus().getConditions().get(0).setStatus("False");
        cluster.holds(unready);

        // When
        var result = actions.get(STEP, input("v1", "Pod", null, "app=bridge", Map.of()));

        // Then
        assertThat(result.count()).isEqualTo(2);
        assertThat(result.ready()).isEqualTo(1);
        assertThat(result.restarts()).isEqualTo(3);
        assertThat(result.names()).containsExactlyInAnyOrder("bridge-a", "bridge-b");
        assertThat(result.items()).isEmpty();
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void outputsAreThoseOfAllObjectsThoughNotAllAreNamed() {
        // Given
        for (int i = 0; i < 25; i++) {
            cluster.holds(pod("bridge-" + i, 1, 0));
        }
        var outputs = Map.of("container", "/spec/containers/0/name");

        // When
        var result = actions.get(STEP, input("v1", "Pod", null, "app=bridge", outputs));

        // Then
        assertThat(result.count()).isEqualTo(25);
        assertThat(result.items())
                .hasSize(25)
                .allSatisfy(item -> assertThat(item).containsEntry("container", "bridge"));
        assertThat(result.names()).hasSize(20);
        assertThat(result.truncated()).isTrue();
        assertThat(result.summary()).isEqualTo("25 of 25 Pods ready, 0 restarts, 20 of them named");
    }

    @Test
    void moreOutputsThanFitAreRefusedAndNotCut() {
        // Given
        for (int i = 0; i < 120; i++) {
            cluster.holds(pod("bridge-" + i, 1, 0));
        }
        var outputs = Map.of("container", "/spec/containers/0/name");

        // When
        var failure = fails(
                Failures.INVALID, false, () -> actions.get(STEP, input("v1", "Pod", null, "app=bridge", outputs)));

        // Then
        assertThat(failure.getOriginalMessage())
                .contains("outputs of 120 objects")
                .contains("select fewer");
    }

    @Test
    void onlyTheOutputsAskedForAreReturned() {
        // Given
        cluster.holds(deployment(1, 2, NEW));
        var outputs = Map.of("ready", "/status/readyReplicas", "none", "/spec/nothing");

        // When
        var result = actions.get(STEP, input("apps/v1", "Deployment", "bridge", null, outputs));

        // Then
        assertThat(result.items()).singleElement().satisfies(item -> {
            assertThat(item).containsEntry("name", "bridge").containsEntry("ready", 2);
            assertThat(item).containsEntry("none", null).hasSize(3);
        });
    }

    @Test
    void aServiceTellsItsAddressesAndReadyEndpoints() {
        // Given
        cluster.holds("""
                apiVersion: v1
                kind: Service
                metadata: {name: bridge, namespace: production}
                spec: {clusterIP: 10.0.0.7, ports: [{port: 80}]}
                status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}
                """);
        cluster.holds("""
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: bridge-1, namespace: production, labels: {kubernetes.io/service-name: bridge}}
                addressType: IPv4
                endpoints:
                - {addresses: [10.1.0.1], conditions: {ready: true}}
                - {addresses: [10.1.0.2], conditions: {ready: false}}
                """);

        // When
        var result = actions.get(STEP, input("v1", "Service", "bridge", null, Map.of()));

        // Then
        assertThat(result.addresses()).containsExactly("10.0.0.7:80", "lb.example.com:80");
        assertThat(result.endpoints()).isEqualTo(1);
    }

    @Test
    void aNamedObjectThatIsMissingIsFinal() {
        // When
        var failure = fails(
                Failures.NOT_FOUND, false, () -> actions.get(STEP, input("v1", "Pod", "bridge-x", null, Map.of())));

        // Then
        assertThat(failure.getOriginalMessage()).contains("Pod 'bridge-x'");
    }

    @Test
    void aKindThatTheClusterDoesNotServeIsFinal() {
        // When / Then
        fails(
                Failures.NOT_FOUND,
                false,
                () -> actions.get(STEP, input("example.com/v1", "Bridge", "b", null, Map.of())));
    }

    @Test
    void secretsAreNotRead() {
        // When / Then
        assertThatThrownBy(() -> input("v1", "Secret", "s", null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret.check");
    }

    @Test
    void anOutputThatIsTooLargeIsRefused() {
        // Given
        var pod = pod("bridge-a", 1, 0);
        for (int i = 0; i < 400; i++) {
            pod.getMetadata().getAnnotations().put("annotation-" + i, "value of some length");
        }
        cluster.holds(pod);

        // When / Then
        fails(
                Failures.INVALID,
                false,
                () -> actions.get(STEP, input("v1", "Pod", "bridge-a", null, Map.of("all", "/metadata"))));
    }

    @Test
    void answersOfTheServerBecomeFailuresByTheirCode() {
        // When / Then
        answers(403, Failures.DENIED, false);
        answers(422, Failures.INVALID, false);
        answers(409, Failures.CONFLICT, true);
        answers(410, Failures.UNAVAILABLE, true);
        answers(429, Failures.UNAVAILABLE, true);
        answers(503, Failures.UNAVAILABLE, true);
    }

    private void answers(int code, String type, boolean retried) {
        cluster.answers.put("GET", new MockResponse().setResponseCode(code).setBody("{}"));
        fails(type, retried, () -> actions.get(STEP, input("v1", "Pod", null, null, Map.of())));
    }

    @Test
    void aServerThatIsDownIsUnavailable() {
        // Given
        var input = input("v1", "Pod", null, null, Map.of());
        actions.get(STEP, input);
        cluster.stopServer();

        // When
        var failure = fails(Failures.UNAVAILABLE, true, () -> actions.get(STEP, input));

        // Then
        assertThat(failure.getOriginalMessage()).startsWith("Kubernetes at http://127.0.0.1:");
    }

    private static GetInput input(
            String apiVersion, String kind, String name, String selector, Map<String, String> outputs) {
        return new GetInput(null, null, apiVersion, kind, name, selector, outputs);
    }
}
