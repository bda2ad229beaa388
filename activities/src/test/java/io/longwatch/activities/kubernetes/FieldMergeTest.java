package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

class FieldMergeTest {
    private static final String OURS =
            "{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:A': {}}}}";
    private static final String RESTORED =
            "{manager: longwatch, operation: Update, apiVersion: v1, fieldsV1: {'f:data': {'f:B': {}}}}";
    private static final String KUBECTL =
            "{manager: kubectl-client-side-apply, operation: Update, apiVersion: v1, fieldsV1: {'f:data': {'f:C': {}}}}";
    /** A manifest that says nothing of replicas. */
    private static final JsonNode SILENT = yaml("{metadata: {annotations: {note: x}}, spec: {paused: false}}");

    @Test
    void whatAnUpdateOfOursBroughtIsMergedIntoOurApply() {
        // When
        var merged = new FieldMerge(live(KUBECTL, RESTORED, OURS), SILENT, false).entries();

        // Then
        assertThat(merged.orElseThrow()).isEqualTo(yaml("""
                [{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:A': {}, 'f:B': {}}}},
                 {manager: kubectl-client-side-apply, operation: Update, apiVersion: v1, fieldsV1: {'f:data': {'f:C': {}}}}]
                """));
    }

    @Test
    void whatKubectlAppliedIsMergedWhereItIsTakenOver() {
        // When
        var merged = new FieldMerge(live(KUBECTL, OURS), SILENT, true).entries();

        // Then
        assertThat(merged.orElseThrow()).isEqualTo(yaml("""
                [{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:A': {}, 'f:C': {}}}}]
                """));
    }

    @Test
    void withoutAnApplyOfOursTheUpdateBecomesIt() {
        // When
        var merged = new FieldMerge(live(KUBECTL), SILENT, true).entries();

        // Then
        assertThat(merged.orElseThrow()).isEqualTo(yaml("""
                [{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:C': {}}}}]
                """));
    }

    @Test
    void nothingIsWrittenWhereOurApplyHasAllOfOurs() {
        // When / Then
        assertThat(new FieldMerge(live(KUBECTL, OURS), SILENT, false).entries()).isEmpty();
        assertThat(new FieldMerge(live(), SILENT, true).entries()).isEmpty();
    }

    @Test
    void aScalingIsNoPartOfAManifest() {
        // Given
        String scaled =
                "{manager: longwatch, operation: Update, apiVersion: v1, fieldsV1: {'f:spec': {'f:replicas': {}}}}";

        // When / Then
        assertThat(new FieldMerge(live(scaled, OURS), SILENT, false).entries()).isEmpty();
        assertThat(new FieldMerge(live(scaled), SILENT, false).entries()).isEmpty();
    }

    @Test
    void aScalingIsPartOfAManifestThatSetsReplicasToo() {
        // Given
        String scaled =
                "{manager: longwatch, operation: Update, apiVersion: v1, fieldsV1: {'f:spec': {'f:replicas': {}}}}";

        // When
        var merged = new FieldMerge(live(scaled, OURS), yaml("{spec: {replicas: 1}}"), false).entries();

        // Then
        assertThat(merged.orElseThrow()).isEqualTo(yaml("""
                [{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:A': {}}, 'f:spec': {'f:replicas': {}}}}]
                """));
    }

    @Test
    void replicasThatAWayBackBroughtStayBesideTheRestOfIt() {
        // Given
        String restored =
                "{manager: longwatch, operation: Update, apiVersion: v1, fieldsV1: {'f:spec': {'f:replicas': {}, 'f:paused': {}}}}";

        // When
        var merged = new FieldMerge(live(restored, OURS), SILENT, false).entries();

        // Then
        assertThat(merged.orElseThrow()).isEqualTo(yaml("""
                [{manager: longwatch, operation: Apply, apiVersion: v1, fieldsV1: {'f:data': {'f:A': {}}, 'f:spec': {'f:paused': {}}}},
                 {manager: longwatch, operation: Update, apiVersion: v1, fieldsV1: {'f:spec': {'f:replicas': {}}}}]
                """));
    }

    @Test
    void aFieldOfItsOwnBesideFieldsBelowItKeepsItsDot() {
        // Given
        String whole = OURS.replace("'f:A': {}", "'f:A': {}, 'f:dir': {}");
        String below = RESTORED.replace("'f:B': {}", "'f:dir': {'f:limit': {}}");

        // When
        var merged = new FieldMerge(live(whole, below), SILENT, false).entries();

        // Then
        assertThat(merged.orElseThrow().at("/0/fieldsV1/f:data/f:dir")).isEqualTo(yaml("{.: {}, 'f:limit': {}}"));
    }

    @Test
    void fieldsOfASubresourceOrInTheNamesOfAnotherVersionStayApart() {
        // Given
        String status = RESTORED.replace("apiVersion: v1", "apiVersion: v1, subresource: status");
        String older = RESTORED.replace("apiVersion: v1", "apiVersion: v1beta1");

        // When / Then
        assertThat(new FieldMerge(live(OURS, status, older), SILENT, false).entries())
                .isEmpty();
    }

    private static JsonNode live(String... entries) {
        return yaml("{metadata: {managedFields: [" + String.join(", ", entries) + "]}}");
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
