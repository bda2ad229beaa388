package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class OthersMetadataTest {
    private static final ObjectNode LIVE = yaml("""
            metadata:
              labels: {app: bridge, tier: new, team: payments}
              annotations:
                longwatch.io/release: bridge-production-20261121-1/apply
                kubectl.kubernetes.io/last-applied-configuration: "{}"
                added: by-release
                note: by-others
              finalizers: [by-others, by-release]
              managedFields:
              - manager: longwatch
                fieldsV1:
                  "f:metadata":
                    "f:labels": {"f:tier": {}}
                    "f:annotations": {"f:longwatch.io/release": {}, "f:added": {}}
                    "f:finalizers": {'v:"by-release"': {}}
              - manager: kubectl-label
                fieldsV1: {"f:metadata": {"f:labels": {"f:team": {}}}}
            """);

    @Test
    void whatOthersGaveAnObjectStaysAndWhatTheReleaseGaveItDoesNot() {
        // Given
        ObjectNode former = yaml("metadata: {name: bridge, labels: {app: bridge, tier: old}, finalizers: [former]}");

        // When
        new OthersMetadata(LIVE).keepIn(former);

        // Then
        assertThat(former).isEqualTo(yaml("""
                metadata:
                  name: bridge
                  labels: {app: bridge, tier: old, team: payments}
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}", note: by-others}
                  finalizers: [by-others, former]
                """));
    }

    @Test
    void whereOthersGaveItNothingItIsAsItWas() {
        // Given
        ObjectNode former = yaml("metadata: {name: bridge}");

        // When
        new OthersMetadata(yaml("metadata: {name: bridge, annotations: {longwatch.io/release: x/y}}")).keepIn(former);

        // Then
        assertThat(former).isEqualTo(yaml("metadata: {name: bridge}"));
    }

    private static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
