package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an API server makes of server-side apply, whichever it is. Every test has an empty namespace of its own. */
public abstract class ServerSideApplyContract {
    private static final String V1 = "registry.test/bridge:1";
    private static final String V2 = "registry.test/bridge:2";

    /** Someone who may do everything, in the namespace. */
    protected abstract KubernetesClient client();

    @Test
    void anObjectThatDoesNotExistIsCreatedWithItsFieldsOwned() {
        // When
        Deployment created = deploy(V1, 2);

        // Then
        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(created.getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getStrVal())
                .isEqualTo("25%");
        ManagedFieldsEntry owner = created.getMetadata().getManagedFields().get(0);
        assertThat(owner.getManager()).isEqualTo("longwatch");
        assertThat(owner.getOperation()).isEqualTo("Apply");
        assertThat(owner.getFieldsV1().getAdditionalProperties().toString())
                .contains("k:{\"name\":\"app\"}", "k:{\"containerPort\":8080,\"protocol\":\"TCP\"}", "f:replicas");
    }

    @Test
    void theSameAgainChangesNothing() {
        // Given
        deploy(V1, 2);
        ConfigMap once = apply("longwatch", Map.of("a", "1"));

        // When
        Deployment again = deploy(V1, 2);
        ConfigMap same = apply("longwatch", Map.of("a", "1"));

        // Then
        assertThat(again.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(same.getMetadata().getResourceVersion())
                .isEqualTo(once.getMetadata().getResourceVersion());
    }

    @Test
    void anotherImageIsANewGeneration() {
        // Given
        deploy(V1, 2);

        // When
        Deployment changed = deploy(V2, 2);

        // Then
        assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
        assertThat(changed.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo(V2);
    }

    @Test
    void aFieldThatAnotherManagerOwnsIsAConflictThatNamesIt() {
        // Given
        deploy(V1, 2);

        // When / Then
        assertThatThrownBy(() -> client().resource(StandInTest.bridge(V1, 5).build())
                        .fieldManager("argocd-controller")
                        .serverSideApply())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getMessage())
                            .isEqualTo("Apply failed with 1 conflict: conflict with \"longwatch\": .spec.replicas");
                    assertThat(e.getStatus().getDetails().getCauses().get(0).getReason())
                            .isEqualTo("FieldManagerConflict");
                });
        assertThat(bridge().getSpec().getReplicas()).isEqualTo(2);
    }

    @Test
    void severalFieldsThatAnotherManagerOwnsAreEachAConflict() {
        // Given
        apply("longwatch", Map.of("a", "1", "b", "2"));

        // When / Then
        assertThatThrownBy(() -> apply("other", Map.of("a", "3", "b", "4")))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getMessage())
                            .isEqualTo("Apply failed with 2 conflicts: conflicts with \"longwatch\":\n"
                                    + "- .data.a\n- .data.b");
                    assertThat(e.getStatus().getDetails().getCauses())
                            .extracting(StatusCause::getReason)
                            .containsExactly("FieldManagerConflict", "FieldManagerConflict");
                });
    }

    @Test
    void forceTakesTheFieldOver() {
        // Given
        deploy(V1, 2);

        // When
        client().resource(StandInTest.bridge(V1, 5).build())
                .fieldManager("argocd-controller")
                .forceConflicts()
                .serverSideApply();

        // Then
        assertThat(bridge().getSpec().getReplicas()).isEqualTo(5);
        assertThatThrownBy(() -> deploy(V1, 2)).hasMessageContaining("conflict with \"argocd-controller\"");
    }

    @Test
    void whoScalesOwnsTheReplicasThroughTheSubresource() {
        // Given
        deploy(V1, 2);

        // When
        client().apps().deployments().withName("bridge").scale(4);

        // Then
        assertThat(bridge().getSpec().getReplicas()).isEqualTo(4);
        assertThatThrownBy(() -> deploy(V1, 2))
                .hasMessageContaining("with subresource \"scale\" using apps/v1: .spec.replicas");
    }

    @Test
    void fieldsNoLongerAppliedAreRemovedUnlessSomeoneElseOwnsThem() {
        // Given
        apply("longwatch", Map.of("a", "1", "b", "2", "c", "3"));
        apply("other", Map.of("b", "2"));

        // When
        ConfigMap left = apply("longwatch", Map.of("a", "1"));

        // Then
        assertThat(left.getData()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void whatAnUpdateOfTheSameManagerBroughtIsNotRemoved() {
        // Given
        apply("longwatch", Map.of("a", "1", "b", "2"));
        settings().patch(byLongwatch(PatchType.JSON_MERGE), "{\"data\":{\"b\":\"3\",\"c\":\"3\"}}");

        // When
        ConfigMap left = apply("longwatch", Map.of("a", "1"));

        // Then
        assertThat(left.getData()).isEqualTo(Map.of("a", "1", "b", "3", "c", "3"));
    }

    @Test
    void managedFieldsAreTakenAsTheyAreWritten() {
        // Given
        apply("longwatch", Map.of("a", "1"));
        settings().patch(byLongwatch(PatchType.JSON_MERGE), "{\"data\":{\"c\":\"3\"}}");

        // When
        settings()
                .patch(
                        byLongwatch(PatchType.JSON),
                        allAppliedByLongwatch(settings().get()));
        ConfigMap left = apply("longwatch", Map.of("a", "1"));

        // Then
        assertThat(left.getData()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void managedFieldsOfAnOlderVersionAreAConflict() {
        // Given
        apply("longwatch", Map.of("a", "1"));
        String patch = allAppliedByLongwatch(settings().get());
        settings().patch(byLongwatch(PatchType.JSON_MERGE), "{\"data\":{\"c\":\"3\"}}");

        // When / Then
        assertThatThrownBy(() -> settings().patch(byLongwatch(PatchType.JSON), patch))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void replicasThatAreNoLongerAppliedAreLeftToTheirOtherOwner() {
        // Given
        deploy(V1, 2);
        client().apps().deployments().withName("bridge").scale(4);

        // When
        client().resource(StandInTest.bridge(V2, null).build())
                .fieldManager("longwatch")
                .serverSideApply();

        // Then
        assertThat(bridge().getSpec().getReplicas()).isEqualTo(4);
    }

    @Test
    void aDryRunAnswersWhatWouldBeAndStoresNothing() {
        // Given
        deploy(V1, 2);

        // When
        Deployment would = client().resource(StandInTest.bridge(V2, 2).build())
                .dryRun(true)
                .fieldManager("longwatch")
                .serverSideApply();

        // Then
        assertThat(would.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo(V2);
        assertThat(bridge().getMetadata().getGeneration()).isEqualTo(1);
    }

    private Resource<ConfigMap> settings() {
        return client().configMaps().withName("settings");
    }

    private static PatchContext byLongwatch(PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager("longwatch")
                .build();
    }

    /** A JSON patch by which longwatch has applied the fields a and c. */
    private static String allAppliedByLongwatch(ConfigMap live) {
        return """
                [{"op": "replace", "path": "/metadata/managedFields", "value": [
                    {"manager": "longwatch", "operation": "Apply", "apiVersion": "v1", "time": "2026-11-21T14:00:00Z",
                     "fieldsType": "FieldsV1", "fieldsV1": {"f:data": {"f:a": {}, "f:c": {}}}}]},
                 {"op": "replace", "path": "/metadata/resourceVersion", "value": "%s"}]
                """.formatted(live.getMetadata().getResourceVersion());
    }

    private ConfigMap apply(String manager, Map<String, String> data) {
        ConfigMap wanted = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .endMetadata()
                .withData(data)
                .build();
        return client().resource(wanted).fieldManager(manager).serverSideApply();
    }

    private Deployment deploy(String image, int replicas) {
        return client().resource(StandInTest.bridge(image, replicas).build())
                .fieldManager("longwatch")
                .serverSideApply();
    }

    private Deployment bridge() {
        return client().apps().deployments().withName("bridge").get();
    }
}
