package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {
    private static final String LIVE = """
            metadata:
              managedFields:
              - manager: longwatch
                operation: Apply
                time: "2026-11-21T14:00:00Z"
                fieldsV1: {"f:spec": {"f:paused": {}}}
              - manager: kubectl-client-side-apply
                operation: Update
                time: "2026-11-21T%s"
                fieldsV1:
                  "f:spec":
                    "f:replicas": {}
                    "f:template":
                      "f:spec":
                        "f:containers":
                          'k:{"name":"bridge"}':
                            ".": {}
                            "f:image": {}
                            "f:resources": {"f:limits": {"f:cpu": {}}}
              - manager: kube-controller-manager
                operation: Update
                subresource: status
                time: "2026-11-21T15:00:00Z"
                fieldsV1: {"f:status": {"f:replicas": {}}}
            spec:
              replicas: 2
              paused: false
              template: {spec: {containers: [{name: bridge, image: old, resources: {limits: {cpu: 500m}}}]}}
            """;

    @Test
    void onlyFieldsThatTheManifestChangesAreConflicts() {
        // Given
        JsonNode manifest = yaml("""
                spec:
                  replicas: 2
                  template: {spec: {containers: [{name: bridge, image: new, resources: {limits: {cpu: "0.5"}}}]}}
                """);

        // When
        var conflicts = ManagedFields.conflicts(live("13:00:00Z"), manifest, manager -> !ManagedFields.isOurs(manager));

        // Then
        assertThat(conflicts)
                .containsExactly(
                        "kubectl-client-side-apply: .spec.template.spec.containers[{\"name\":\"bridge\"}].image");
    }

    @Test
    void theReleasesOwnFieldsAreToldApart() {
        // Given
        JsonNode manifest = yaml("spec: {paused: true, replicas: 3}");

        // When
        var own = ManagedFields.conflicts(live("13:00:00Z"), manifest, ManagedFields::isOurs);

        // Then
        assertThat(own).containsExactly("longwatch: .spec.paused");
    }

    @Test
    void aPortThatLeavesItsProtocolOutIsTheSamePort() {
        // Given
        JsonNode live = yaml("""
                metadata:
                  managedFields:
                  - manager: kubectl-edit
                    fieldsV1: {"f:spec": {"f:ports": {'k:{"port":80,"protocol":"TCP"}': {"f:targetPort": {}}}}}
                spec: {ports: [{port: 80, protocol: UDP, targetPort: 1}, {port: 80, protocol: TCP, targetPort: 8080}]}
                """);
        JsonNode changed = yaml("spec: {ports: [{port: 80, targetPort: 9090}]}");
        JsonNode other = yaml("spec: {ports: [{port: 80, protocol: UDP, targetPort: 9090}]}");

        // When / Then
        assertThat(ManagedFields.conflicts(live, changed, manager -> true))
                .containsExactly("kubectl-edit: .spec.ports[{\"port\":80,\"protocol\":\"TCP\"}].targetPort");
        assertThat(ManagedFields.conflicts(live, other, manager -> true)).isEmpty();
    }

    @Test
    void notesFinalizersAndAStatusAreNoChange() {
        // Given
        JsonNode noted = yaml("""
                metadata:
                  managedFields:
                  - {manager: operator, fieldsV1: {"f:metadata": {"f:finalizers": {}}, "f:status": {"f:phase": {}}}}
                """);
        JsonNode written = yaml("""
                metadata:
                  managedFields:
                  - manager: operator
                    time: "2026-11-21T14:00:00Z"
                    fieldsV1: {"f:status": {}, "f:spec": {"f:size": {}}}
                """);

        // When / Then
        assertThat(ManagedFields.lastWriter(noted)).isEmpty();
        assertThat(ManagedFields.lastWriter(written)).hasValue("operator at 2026-11-21T14:00:00Z");
    }

    @Test
    void aWriterAfterTheReleaseIsFoundAndAControllersStatusIsNot() {
        // When / Then
        assertThat(ManagedFields.changedSince(live("14:00:05Z")))
                .hasValue("kubectl-client-side-apply at 2026-11-21T14:00:05Z");
        assertThat(ManagedFields.changedSince(live("13:59:59Z"))).isEmpty();
    }

    @Test
    void marksOfHelmAndControllersNameTheOwner() {
        // Given
        JsonNode helm = yaml("""
                metadata:
                  labels: {app.kubernetes.io/managed-by: Helm}
                  annotations: {meta.helm.sh/release-name: shop}
                """);
        JsonNode owned = yaml("metadata: {ownerReferences: [{kind: Bridge, name: main, controller: true}]}");
        JsonNode free = yaml("metadata: {labels: {app.kubernetes.io/instance: shop}}");

        // When / Then
        assertThat(Ownership.of(helm)).hasValue("Helm release shop");
        assertThat(Ownership.of(owned)).hasValue("Bridge main");
        assertThat(Ownership.of(free)).isEmpty();
    }

    private static JsonNode live(String time) {
        return yaml(LIVE.formatted(time));
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
