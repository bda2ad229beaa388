package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.ApplyResult;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Objects that someone else made, holds, or changes while a step is at it. */
class OwnershipTest extends OnControlPlane {
    private static final String SETTINGS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: bridge}
            data: {LEVEL: info}
            """;
    private static final String ALL = SETTINGS + """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: bridge}
            spec: {selector: {app: bridge}, ports: [{port: 80, targetPort: http}]}
            ---
            """ + deployment(IMAGE, 1);

    @Test
    void newObjectsOfSeveralKindsAreCreatedAndDeletedAgain() {
        // Given
        ApplyBefore before = lookBefore(STEP, manifest(ALL));

        // When
        ApplyResult applied = kubernetes.apply(STEP, manifest(ALL), before);
        var undone = attempts.untilDone(() -> kubernetes.undoApply(STEP, manifest(ALL), before, null));

        // Then
        assertThat(applied.created()).isEqualTo(3);
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(live()).isNull();
        assertThat(admin().services().withName("bridge").get()).isNull();
        assertThat(settings()).isNull();
    }

    @Test
    void existingObjectsAreChangedAndGivenBackAsTheyWere() {
        // Given
        String changed = ALL.replace("info", "debug").replace("port: 80", "port: 81");
        apply(STEP, ALL);
        rollout();
        ApplyBefore before = lookBefore(NEXT, manifest(changed));

        // When
        ApplyResult applied = attempts.untilDone(() -> kubernetes.apply(NEXT, manifest(changed), before));
        var undone = attempts.untilDone(() -> kubernetes.undoApply(NEXT, manifest(changed), before, null));

        // Then
        assertThat(applied.configured()).isEqualTo(3);
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(settings().getData()).isEqualTo(Map.of("LEVEL", "info"));
        assertThat(settings().getMetadata().getAnnotations()).containsEntry("longwatch.io/release", STEP.key());
        assertThat(admin().services().withName("bridge").get().getSpec().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort()).isEqualTo(80));
    }

    @Test
    void whatKubectlCreatedIsRefusedWithFieldAndOwnerAndWhatToDo() {
        // Given
        create("kubectl-create", deployment(IMAGE, 4));

        // When / Then
        assertThatThrownBy(() -> kubernetes.applyBefore(STEP, manifest(deployment(IMAGE, 2))))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("kubectl-create: .spec.replicas")
                .hasMessageContaining("write force: true to take");
    }

    @Test
    void fieldsThatAreAlreadyAsWishedAreSharedWithTheirOwner() {
        // Given
        create("kubectl-create", deployment(IMAGE, 2));

        // When
        apply(STEP, deployment(IMAGE, 2));

        // Then
        assertThat(live().getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager())
                .contains("kubectl-create", "longwatch");
    }

    @Test
    void forceTakesTheFieldsOver() {
        // Given
        create("kubectl-create", deployment(IMAGE, 4));
        ApplyInput input = new ApplyInput(null, deployment(IMAGE, 2), null, null, true, null);
        ApplyBefore before = lookBefore(STEP, input);

        // When
        attempts.untilDone(() -> kubernetes.apply(STEP, input, before));

        // Then
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
        assertThat(before.objects().get(0).replicas()).isEqualTo(4);
    }

    @Test
    void whoTookAFieldBetweenTheLookAndTheWriteIsNamed() {
        // Given
        apply(STEP, ALL);
        String changed = ALL.replace("info", "debug");
        ApplyBefore before = lookBefore(NEXT, manifest(changed));
        admin().configMaps().withName("bridge").patch(as("kubectl-edit"), "{\"data\":{\"LEVEL\":\"trace\"}}");

        // When / Then
        assertThatThrownBy(() -> kubernetes.apply(NEXT, manifest(changed), before))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("kubectl-edit");
        assertThat(settings().getData()).containsEntry("LEVEL", "trace");
    }

    @Test
    void aChangeBySomeoneElseAfterTheReleaseIsNotUndone() {
        // Given
        apply(STEP, ALL);
        String changed = ALL.replace("info", "debug");
        ApplyBefore before = apply(NEXT, changed);
        afterASecond();
        admin().configMaps().withName("bridge").patch(as("kubectl-edit"), "{\"data\":{\"LEVEL\":\"trace\"}}");

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(NEXT, manifest(changed), before, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("ConfigMap bridge was changed after the release by kubectl-edit");
        assertThat(settings().getData()).containsEntry("LEVEL", "trace");
    }

    @Test
    void whatTakesItsTimeToGoIsRevertedAllTheSame() {
        // Given
        ApplyBefore before = apply(STEP, SETTINGS);
        admin().configMaps()
                .withName("bridge")
                .edit(map -> map.edit()
                        .editMetadata()
                        .addToFinalizers("longwatch.io/trial")
                        .endMetadata()
                        .build());
        assertThatThrownBy(() -> kubernetes.undoApply(STEP, manifest(SETTINGS), before, null))
                .satisfies(failure(Failures.PENDING))
                .hasMessageContaining("ConfigMap bridge is being deleted");
        admin().configMaps()
                .withName("bridge")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");

        // When
        var undone = kubernetes.undoApply(STEP, manifest(SETTINGS), before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
    }

    @Test
    void anAutoscalerThatComesWhileTheReleaseScalesIsNamed() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        ScaleInput input = new ScaleInput(null, null, "bridge", 2, null);
        ScaleBefore before = kubernetes.scaleBefore(STEP, input);
        create("kubectl-create", """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: bridge}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: bridge}
                  minReplicas: 3
                  maxReplicas: 6
                """);

        // When / Then
        assertThatThrownBy(() -> attempts.untilDone(() -> kubernetes.scale(STEP, input, before)))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("HorizontalPodAutoscaler bridge");
        await().atMost(Duration.ofMinutes(3)).until(() -> live().getSpec().getReplicas() == 3);
        assertThat(kubernetes.undoScale(STEP, input, before, null).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatAnAutoscalerSetsStaysOutOfAManifest() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        create("kubectl-create", """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: bridge}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: bridge}
                  minReplicas: 3
                  maxReplicas: 6
                """);

        // When / Then
        assertThatThrownBy(() -> kubernetes.applyBefore(NEXT, manifest(deployment(IMAGE, 1))))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("HorizontalPodAutoscaler bridge")
                .hasMessageContaining("leave out what is owned");
    }

    @Test
    void whatArgoKeepsIsLeftToArgo() {
        // Given
        create(
                "argocd-controller",
                deployment(IMAGE, 1)
                        .replace(
                                "metadata: {name: bridge}",
                                "metadata: {name: bridge, labels: {argocd.argoproj.io/instance: shop}}"));

        // When / Then
        assertThatThrownBy(() -> kubernetes.applyBefore(STEP, manifest(deployment(IMAGE, 2))))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("Argo CD application shop");
    }

    /** As a tool does that knows no server-side apply: the fields it sets are its own all the same. */
    private void create(String manager, String manifest) {
        var object = admin().load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .get(0);
        admin().raw(
                        "/apis/" + object.getApiVersion() + "/namespaces/" + namespace + "/" + object.getPlural()
                                + "?fieldManager=" + manager,
                        "POST",
                        object);
    }

    private static PatchContext as(String manager) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(manager)
                .build();
    }

    /** The server keeps the time of a write to the second. */
    private static void afterASecond() {
        long now = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > now);
    }

    private ConfigMap settings() {
        return admin().configMaps().withName("bridge").get();
    }
}
