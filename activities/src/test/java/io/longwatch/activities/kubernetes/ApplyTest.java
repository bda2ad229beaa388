package io.longwatch.activities.kubernetes;

import static io.longwatch.activities.kubernetes.Fixtures.NAME;
import static io.longwatch.activities.kubernetes.Fixtures.NAMESPACE;
import static io.longwatch.activities.kubernetes.Fixtures.NEW;
import static io.longwatch.activities.kubernetes.Fixtures.OLD;
import static io.longwatch.activities.kubernetes.Fixtures.deployment;
import static io.longwatch.activities.kubernetes.Fixtures.fails;
import static io.longwatch.activities.kubernetes.Fixtures.replicaSet;
import static io.longwatch.activities.kubernetes.Fixtures.unobserved;
import static io.longwatch.activities.kubernetes.MockCluster.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatusBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.longwatch.actions.kubernetes.AppliedObject;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.FormerObject;
import io.longwatch.actions.kubernetes.Owner;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplyTest {
    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bridge}
            spec:
              replicas: 1
              selector: {matchLabels: {app: bridge}}
              template:
                metadata: {labels: {app: bridge}}
                spec: {containers: [{name: bridge, image: "registry/bridge:1.5.0"}]}
            """;
    private static final String CONFIG = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: bridge}
            data: {LEVEL: debug}
            """;

    private static final String VOLUME = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    private static final String AUTOSCALER = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: bridge, namespace: production}
            spec:
              maxReplicas: 4
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: other}
            """;

    private final MockCluster cluster = new MockCluster();
    private final KubernetesActions actions = cluster.actions();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aNewObjectIsCreatedInTheConnectionsNamespaceAndMarked() {
        // Given
        var input = input(MANIFEST, null);
        var before = actions.applyBefore(STEP, input);

        // When
        var result = actions.apply(STEP, input, before);

        // Then
        assertThat(result.summary()).isEqualTo("Deployment bridge created");
        assertThat(before.objects().get(0).existed()).isFalse();
        assertThat(live().getMetadata().getAnnotations()).containsEntry(Release.ANNOTATION, STEP.key());
    }

    @Test
    void lookingBeforeWritesNothing() {
        // Given
        standsAt(3, 2, OLD);
        cluster.writes.clear();

        // When
        var before = actions.applyBefore(STEP, input(MANIFEST, null));

        // Then
        assertThat(cluster.writes).isEmpty();
        assertThat(before.objects().get(0).revision()).isEqualTo(3);
        assertThat(before.objects().get(0).replicas()).isEqualTo(2);
        assertThat(before.objects().get(0).images()).containsExactly(OLD);
        assertThat(before.objects().get(0).former()).isEqualTo("{}");
    }

    @Test
    void aDeploymentThatItsControllerHasNotSeenYetHasNoWayBackToRecord() {
        // Given
        cluster.holds(unobserved(deployment(3, 2, OLD)));

        // When
        var failure = fails(Failures.PENDING, true, () -> actions.applyBefore(STEP, input(MANIFEST, null)));

        // Then
        assertThat(failure).hasMessageContaining("has not yet seen the last change of Deployment bridge");
    }

    @Test
    void aManifestThatKeepsNoHistoryHasNoWayBack() {
        // Given
        var input = input(MANIFEST.replace("replicas: 1", "revisionHistoryLimit: 0"), null);

        // When
        var first = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input));
        standsAt(3, 2, OLD);
        var later = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input));

        // Then
        assertThat(first).hasMessageContaining("Deployment bridge: revisionHistoryLimit is 0 in the manifest");
        assertThat(later).hasMessageContaining("write 1 or more");
    }

    @Test
    void aDeploymentThatKeepsNoHistoryHasNoWayBackUnlessTheManifestSetsOne() {
        // Given
        cluster.holds(new DeploymentBuilder(deployment(3, 2, OLD))
                .editSpec()
                .withRevisionHistoryLimit(0)
                .endSpec()
                .build());
        var input = input(MANIFEST.replace("replicas: 1", "revisionHistoryLimit: 1"), null);

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input(MANIFEST, null)));
        var before = actions.applyBefore(STEP, input);

        // Then
        assertThat(failure).hasMessageContaining("on the cluster and the manifest leaves it");
        assertThat(before.objects()).hasSize(1);
    }

    @Test
    void replicasOfTheStepStandOverTheManifests() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 2);

        // When
        actions.apply(STEP, input, actions.applyBefore(STEP, input));

        // Then
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
        assertThat(image()).isEqualTo(NEW);
    }

    @Test
    void anAttemptAfterTheEffectFindsItsOwnMarkAndEndsTheSame() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 2);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        settles(4);

        // When
        var again = actions.apply(STEP, input, before);

        // Then
        assertThat(again.configured()).isEqualTo(1);
        assertThat(image()).isEqualTo(NEW);
    }

    @Test
    void anAttemptThatLostItsLeaseDoesNotWrite() {
        // Given
        var input = input(CONFIG, null);
        var before = actions.applyBefore(STEP, input);
        cluster.writes.clear();
        cluster.invocation.lost = true;

        // When
        assertThatThrownBy(() -> actions.apply(STEP, input, before)).isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void aRolloutBySomeoneElseMeanwhileIsRefused() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 2);
        var before = actions.applyBefore(STEP, input);
        settles(4);

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.apply(STEP, input, before));

        // Then
        assertThat(failure.getOriginalMessage()).contains("changed after the step looked at it");
    }

    @Test
    void whatArgoOwnsIsRefusedByName() {
        // Given
        cluster.holds(new DeploymentBuilder(deployment(3, 2, OLD))
                .editMetadata()
                .addToAnnotations("argocd.argoproj.io/tracking-id", "shop:apps/Deployment:production/bridge")
                .endMetadata()
                .build());

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input(MANIFEST, null)));

        // Then
        assertThat(failure.getOriginalMessage()).contains("Argo CD application shop");
    }

    @Test
    void anAutoscalerOwnsReplicasUnlessTheManifestLeavesThemOut() {
        // Given
        standsAt(3, 2, OLD);
        cluster.holds("""
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: bridge-hpa, namespace: production}
                spec: {maxReplicas: 5, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: bridge}}
                """);

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input(MANIFEST, null)));
        var without = actions.applyBefore(STEP, input(MANIFEST.replace("  replicas: 1\n", ""), null));

        // Then
        assertThat(failure.getOriginalMessage()).contains("HorizontalPodAutoscaler bridge-hpa");
        assertThat(without.objects()).hasSize(1);
    }

    @Test
    void suspendingAnOwnerIsNotPretended() {
        // Given
        cluster.holds(new DeploymentBuilder(deployment(3, 2, OLD))
                .editMetadata()
                .addToLabels("kustomize.toolkit.fluxcd.io/name", "apps")
                .endMetadata()
                .build());
        var input = new ApplyInput(null, MANIFEST, null, null, null, Owner.SUSPEND);

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.applyBefore(STEP, input));

        // Then
        assertThat(failure.getOriginalMessage())
                .contains("owner: suspend is not supported for Flux Kustomization apps");
    }

    @Test
    void aSecretInTheManifestIsRefusedBeforeAnything() {
        // Given
        var input = input("{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: b}}", null);

        // When
        var failure = fails(Failures.INVALID, false, () -> actions.applyBefore(STEP, input));

        // Then
        assertThat(failure.getOriginalMessage()).contains("Secret s").contains("secret.check");
    }

    @Test
    void aConflictThatTheServerFindsIsRefusedInItsWords() {
        // Given
        var input = input(CONFIG, null);
        var before = actions.applyBefore(STEP, input);
        cluster.answers.put(
                "PATCH",
                new MockResponse()
                        .setResponseCode(409)
                        .setBody(conflict("Apply failed with 2 conflicts: conflicts with \\\"kubectl\\\":\\n"
                                + "- .data.A\\n- .data.B")));

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.apply(STEP, input, before));

        // Then
        assertThat(failure.getOriginalMessage())
                .contains("2 conflicts: conflicts with \"kubectl\": - .data.A - .data.B")
                .contains("force: true");
    }

    @Test
    void aVersionThatChangedMeanwhileIsNoConflictOfFields() {
        // Given
        var input = input(CONFIG, null);
        var before = actions.applyBefore(STEP, input);
        cluster.answers.put(
                "PATCH",
                new MockResponse()
                        .setResponseCode(409)
                        .setBody("{\"kind\":\"Status\",\"code\":409,\"reason\":\"Conflict\",\"details\":{},"
                                + "\"message\":\"the object has been modified\"}"));

        // When / Then
        fails(Failures.CONFLICT, true, () -> actions.apply(STEP, input, before));
    }

    private static String conflict(String message) {
        return "{\"kind\":\"Status\",\"code\":409,\"reason\":\"Conflict\",\"details\":{\"causes\":["
                + "{\"reason\":\"FieldManagerConflict\",\"field\":\".data.A\"},"
                + "{\"reason\":\"FieldManagerConflict\",\"field\":\".data.B\"}]},\"message\":\"" + message + "\"}";
    }

    @Test
    void undoTakesADeploymentBackToItsRevisionAndReplicasWithoutAResult() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 1);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        settles(4);

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(image()).isEqualTo(OLD);
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
        assertThat(live().getMetadata().getAnnotations()).doesNotContainKey(Release.ANNOTATION);
        assertThat(live().getSpec().getTemplate().getMetadata().getLabels()).doesNotContainKey(Deployments.HASH);
    }

    @Test
    void undoOnceMoreHasNothingToDo() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 1);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        actions.undoApply(STEP, input, before, null);
        cluster.writes.clear();

        // When
        var lost = actions.undoApply(STEP, input, before, null);
        cluster.invocation.heartbeats.clear();
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(lost.outcome())
                .as("the next attempt, after an answer that was lost")
                .isEqualTo(Outcome.REVERTED);
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(cluster.writes).isEmpty();
    }

    @Test
    void undoTakesBackHowADeploymentRollsOut() {
        // Given
        standsRollingOut(60, 10);
        var input = input(MANIFEST.replace("replicas: 1", "progressDeadlineSeconds: 5"), null);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        settles(4);

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(live().getSpec().getProgressDeadlineSeconds()).isEqualTo(60);
        assertThat(live().getSpec().getMinReadySeconds()).isEqualTo(10);
    }

    @Test
    void undoByARecordWithoutSettingsLeavesThem() {
        // Given
        standsRollingOut(60, 10);
        var input = input(MANIFEST.replace("replicas: 1", "progressDeadlineSeconds: 5"), null);
        var before = withoutFormer(actions.applyBefore(STEP, input));
        actions.apply(STEP, input, before);
        settles(4);

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(image()).isEqualTo(OLD);
        assertThat(live().getSpec().getProgressDeadlineSeconds()).isEqualTo(5);
    }

    @Test
    void undoOfAnEffectThatNeverHappenedHasNothingToDo() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST + "---\n" + CONFIG, null);
        var before = actions.applyBefore(STEP, input);

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void undoRefusesWhatAnotherReleaseHasAppliedSince() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 1);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        var other = new StepRef("bridge-production-20261122-1", "production", "first-node");
        var later = input(MANIFEST.replace("1.5.0", "1.6.0"), 1);
        actions.apply(other, later, actions.applyBefore(other, later));

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains(other.key());
        assertThat(image()).endsWith("1.6.0");
    }

    @Test
    void undoDeletesWhatTheReleaseCreated() {
        // Given
        var input = input(MANIFEST, null);
        var before = actions.applyBefore(STEP, input);
        var result = actions.apply(STEP, input, before);

        // When
        var undone = actions.undoApply(STEP, input, before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(live()).isNull();
        assertThat(actions.undoApply(STEP, input, before, result).outcome())
                .as("the next attempt, after an answer that was lost")
                .isEqualTo(Outcome.REVERTED);
        cluster.invocation.heartbeats.clear();
        assertThat(actions.undoApply(STEP, input, before, result).outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void undoKeepsWhatHoldsDataAndSaysHowToDeleteIt() {
        // Given
        var input = input(VOLUME + "---\n" + CONFIG, null);
        var before = actions.applyBefore(STEP, input);
        var result = actions.apply(STEP, input, before);

        // When
        var undone = actions.undoApply(STEP, input, before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary())
                .contains("ConfigMap bridge deleted")
                .contains("PersistentVolumeClaim data was created by the release and stays")
                .contains("kubectl delete persistentvolumeclaim data -n production");
        assertThat(cluster.client()
                        .persistentVolumeClaims()
                        .inNamespace(NAMESPACE)
                        .withName("data")
                        .get())
                .isNotNull();
    }

    @Test
    void whatIsLostWithAnObjectIsKnownByItsKindAndGroup() {
        // When / Then
        assertThat(UndoCreation.lostWith(FormerObject.absent("v1", "Namespace", null, "trial")))
                .hasValue("everything in it");
        assertThat(UndoCreation.lostWith(
                        FormerObject.absent("apiextensions.k8s.io/v1", "CustomResourceDefinition", null, "a.b")))
                .isPresent();
        assertThat(UndoCreation.lostWith(FormerObject.absent("example.com/v1", "Namespace", NAMESPACE, "trial")))
                .isEmpty();
        assertThat(UndoCreation.lostWith(FormerObject.absent("apps/v1", "Deployment", NAMESPACE, NAME)))
                .isEmpty();
    }

    @Test
    void undoLeavesAnObjectOfTheSameNameThatSomeoneElseCreated() {
        // Given
        var input = input(MANIFEST, null);
        var before = actions.applyBefore(STEP, input);
        standsAt(1, 2, OLD);

        // When
        var undone = actions.undoApply(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(live()).isNotNull();
    }

    @Test
    void undoPutsAFormerConfigMapBackWithoutTheNewKeys() {
        // Given
        cluster.holds("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: bridge, namespace: production}
                data: {OLD_KEY: here}
                """);
        var input = input(CONFIG, null);
        var before = actions.applyBefore(STEP, input);
        var result = actions.apply(STEP, input, before);

        // When
        var undone = actions.undoApply(STEP, input, before, result);

        // Then
        var map = cluster.client()
                .configMaps()
                .inNamespace(NAMESPACE)
                .withName("bridge")
                .get();
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(map.getData()).containsOnlyKeys("OLD_KEY");
        assertThat(Release.of(map.getMetadata())).isNull();
        assertThat(actions.undoApply(STEP, input, before, result).outcome())
                .as("the next attempt, after an answer that was lost")
                .isEqualTo(Outcome.REVERTED);
    }

    @Test
    void aRevisionThatTheClusterNoLongerKeepsIsLeftToAPerson() {
        // Given
        standsAt(3, 2, OLD);
        var input = input(MANIFEST, 1);
        var before = actions.applyBefore(STEP, input);
        actions.apply(STEP, input, before);
        cluster.client()
                .apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withName("bridge-h3")
                .delete();

        // When
        var failure = fails(Failures.FAILED, false, () -> actions.undoApply(STEP, input, before, null));

        // Then
        assertThat(failure.getOriginalMessage()).contains("revision 3").contains(OLD);
    }

    @Test
    void aStatusThatIsWrittenMeanwhileIsNoChangeOfTheObject() {
        // Given
        HasMetadata autoscaler = cluster.holds(AUTOSCALER);
        var input = input(AUTOSCALER.replace("maxReplicas: 4", "maxReplicas: 6"), null);
        var before = uncounted(actions.applyBefore(STEP, input));
        var status = new HorizontalPodAutoscalerStatusBuilder().withCurrentReplicas(3);
        cluster.client()
                .resource(new HorizontalPodAutoscalerBuilder((HorizontalPodAutoscaler) autoscaler)
                        .withStatus(status.build())
                        .build())
                .updateStatus();

        // When
        var result = actions.apply(STEP, input, before);

        // Then
        assertThat(result.objects()).extracting(AppliedObject::change).containsExactly("configured");
    }

    @Test
    void aSpecThatIsWrittenMeanwhileIsRefused() {
        // Given
        cluster.holds(AUTOSCALER);
        var input = input(AUTOSCALER.replace("maxReplicas: 4", "maxReplicas: 6"), null);
        var before = uncounted(actions.applyBefore(STEP, input));
        cluster.client()
                .autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(NAMESPACE)
                .withName("bridge")
                .edit(held -> new HorizontalPodAutoscalerBuilder(held)
                        .editSpec()
                        .withMaxReplicas(9)
                        .endSpec()
                        .build());

        // When
        var failure = fails(Failures.REFUSED, false, () -> actions.apply(STEP, input, before));

        // Then
        assertThat(failure.getOriginalMessage()).contains("was changed after the step looked at it");
    }

    /** As an API server answers for kinds whose generation it does not count. */
    private static ApplyBefore uncounted(ApplyBefore before) {
        return new ApplyBefore(before.objects().stream()
                .map(object -> with(object, null, object.former()))
                .toList());
    }

    /** As it was recorded before it had this. */
    private static ApplyBefore withoutFormer(ApplyBefore before) {
        return new ApplyBefore(before.objects().stream()
                .map(object -> with(object, object.generation(), null))
                .toList());
    }

    private static FormerObject with(FormerObject object, Long generation, String former) {
        return new FormerObject(
                object.apiVersion(),
                object.kind(),
                object.namespace(),
                object.name(),
                object.existed(),
                object.uid(),
                object.resourceVersion(),
                generation,
                object.release(),
                object.revision(),
                object.replicas(),
                object.images(),
                former);
    }

    private static ApplyInput input(String manifest, Integer replicas) {
        return new ApplyInput(null, manifest, null, replicas, null, null);
    }

    private void standsAt(long revision, int replicas, String image) {
        Deployment held = cluster.holds(deployment(revision, replicas, image));
        cluster.holds(replicaSet(held, revision, image));
    }

    private void standsRollingOut(int deadlineSeconds, int minReadySeconds) {
        Deployment held = cluster.holds(new DeploymentBuilder(deployment(3, 2, OLD))
                .editSpec()
                .withProgressDeadlineSeconds(deadlineSeconds)
                .withMinReadySeconds(minReadySeconds)
                .endSpec()
                .build());
        cluster.holds(replicaSet(held, 3, OLD));
    }

    /** As the Deployment controller would: the present template gets a ReplicaSet and a revision. */
    private void settles(long revision) {
        cluster.holds(replicaSet(live(), revision, image()));
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .edit(held -> new DeploymentBuilder(held)
                        .editMetadata()
                        .addToAnnotations(Deployments.REVISION, Long.toString(revision))
                        .endMetadata()
                        .build());
    }

    private Deployment live() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .get();
    }

    private String image() {
        return Deployments.images(live()).get(0);
    }
}
