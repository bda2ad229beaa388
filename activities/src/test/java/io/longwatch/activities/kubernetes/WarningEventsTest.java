package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.mockwebserver.http.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarningEventsTest {
    private static final String EVENTS = "GET /api/v1/namespaces/production/events";
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: bridge-a, namespace: production}
            spec: {containers: [{name: bridge, image: bridge}]}
            """;

    private final MockCluster cluster = new MockCluster();
    private final HasMetadata pod = cluster.holds(POD);
    private final Warnings warnings = new WarningEvents(new Cluster(cluster.client(), "production"), "production");

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void theLastWarningAboutTheObjectCounts() {
        // Given
        cluster.answers.put(EVENTS, new MockResponse().setResponseCode(200).setBody("""
                {"kind": "EventList", "apiVersion": "v1", "items": [
                  {"reason": "Unhealthy", "message": "Readiness probe failed: 503", "lastTimestamp": "2026-11-21T14:05:00Z",
                   "involvedObject": {"kind": "Pod", "name": "bridge-a"}, "metadata": {"name": "b"}},
                  {"reason": "Unhealthy", "message": "Startup probe failed", "lastTimestamp": "2026-11-21T14:01:00Z",
                   "involvedObject": {"kind": "Pod", "name": "bridge-a"}, "metadata": {"name": "a"}},
                  {"reason": "Unhealthy", "message": "of another", "lastTimestamp": "2026-11-21T14:09:00Z",
                   "involvedObject": {"kind": "Pod", "name": "bridge-b"}, "metadata": {"name": "c"}}]}"""));

        // When
        var warning = warnings.about(pod, "Unhealthy");

        // Then
        assertThat(warning).contains("Readiness probe failed: 503");
    }

    @Test
    void anAccountThatMayNotListEventsIsNoFailure() {
        // Given
        cluster.answers.put(
                EVENTS, new MockResponse().setResponseCode(403).setBody("{\"kind\": \"Status\", \"code\": 403}"));

        // When
        var warning = warnings.about(pod, "Unhealthy");

        // Then
        assertThat(warning).isEmpty();
    }
}
