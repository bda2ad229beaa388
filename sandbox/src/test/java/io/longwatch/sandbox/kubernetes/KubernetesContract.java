package io.longwatch.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.kubernetes.RolloutStatusResult;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.env.EnvActions;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.activities.secret.SecretActions;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Kubernetes actions do to a cluster, whichever it is. Every test has an empty namespace of its own. */
public abstract class KubernetesContract {
    protected static final String V1 = "registry.test/bridge:1";
    protected static final String V2 = "registry.test/bridge:2";
    protected static final String V3 = "registry.test/bridge:3";
    protected static final String NEVER_READY = "registry.test/bridge:never-ready";
    private static final StepRef FIRST = new StepRef("bridge-production-20261121-1", "production", "first-node");
    private static final StepRef NEXT = new StepRef("bridge-production-20261128-1", "production", "first-node");
    private static final StepRef NEWEST = new StepRef("bridge-production-20261128-2", "production", "first-node");

    private final KubernetesClients clients = new KubernetesClients();
    private final Attempts attempts = new Attempts(this::pass);
    private KubernetesActions kubernetes;
    private SecretActions secrets;
    private EnvActions env;

    /** How the cluster is reached, with the empty namespace as the connection's. */
    protected abstract KubernetesConnection connection();

    protected abstract Clock clock();

    /** Lets time pass: virtual on the stand-in, a little of it on a cluster. */
    protected abstract void pass(Duration time);

    @BeforeEach
    void connect() {
        var connections = new Connections("production", Map.of("cluster", connection()), Map.of());
        var context = new ActionContext(connections, clock(), () -> attempts);
        kubernetes = new KubernetesActions(context, clients);
        secrets = new SecretActions(context, clients);
        env = new EnvActions(context, clients);
    }

    @AfterEach
    void disconnect() {
        clients.close();
    }

    @Test
    void aFirstDeploymentIsAppliedAndBecomesReady() {
        // When
        apply(FIRST, V1, 2);
        RolloutStatusResult status = rollout(V1);

        // Then
        assertThat(status.readyReplicas()).isEqualTo(2);
        assertThat(status.revision()).isEqualTo(1L);
        assertThat(status.images()).containsExactly(V1);
        assertThat(status.stableSeconds()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void theSameStepAgainHasOneEffect() {
        // Given
        ApplyInput input = manifest(V1, 2);
        ApplyBefore before = kubernetes.applyBefore(FIRST, input);
        attempts.untilDone(() -> kubernetes.apply(FIRST, input, before));
        Deployment once = live();

        // When
        attempts.untilDone(() -> kubernetes.apply(FIRST, input, before));

        // Then
        assertThat(live().getMetadata().getGeneration())
                .isEqualTo(once.getMetadata().getGeneration());
        assertThat(live().getMetadata().getUid()).isEqualTo(once.getMetadata().getUid());
    }

    @Test
    void undoOfAFirstDeploymentDeletesItEvenWithoutAResult() {
        // Given
        ApplyInput input = manifest(V1, 2);
        ApplyBefore before = apply(FIRST, V1, 2);
        rollout(V1);

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(FIRST, input, before, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(client().apps().deployments().withName("bridge").get()).isNull();
    }

    @Test
    void whatSomeoneElseHasChangedSinceTheReleaseCreatedItStays() {
        // Given
        ApplyInput input = input(settings("{A: a}"));
        ApplyBefore before = apply(FIRST, input);
        client().configMaps().withName("settings").patch(merge("kubectl-edit"), "{\"data\":{\"B\":\"b\"}}");

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(FIRST, input, before, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary())
                .contains("ConfigMap settings was created by the release and stays")
                .contains("it was changed since by kubectl-edit")
                .contains("kubectl delete configmap settings -n ");
        assertThat(settings()).isEqualTo(Map.of("A", "a", "B", "b"));
    }

    @Test
    void labelsAndAnnotationsOfOthersOutliveTheWayBack() {
        // Given
        apply(FIRST, input(settings("{A: a}")));
        ApplyInput input = input(settings("{A: b}").replace("name: settings", "name: settings, labels: {tier: new}"));
        ApplyBefore before = apply(NEXT, input);
        client().configMaps()
                .withName("settings")
                .patch(
                        merge("kubectl-label"),
                        "{\"metadata\":{\"labels\":{\"team\":\"payments\"},\"annotations\":{\"note\":\"look here\"}}}");

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));
        var again = attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));

        // Then
        var metadata = client().configMaps().withName("settings").get().getMetadata();
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(again.outcome()).isIn(Outcome.NOT_NEEDED, Outcome.REVERTED);
        assertThat(settings()).isEqualTo(Map.of("A", "a"));
        assertThat(metadata.getLabels()).isEqualTo(Map.of("team", "payments"));
        assertThat(metadata.getAnnotations())
                .containsEntry("note", "look here")
                .containsEntry("longwatch.io/release", FIRST.key());
    }

    @Test
    void undoOfWhatNeverHappenedIsNotNeeded() {
        // Given
        ApplyInput input = manifest(V1, 2);
        ApplyBefore before = kubernetes.applyBefore(FIRST, input);

        // When
        var undone = kubernetes.undoApply(FIRST, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void undoOfASecondDeploymentRunsTheFormerImageWithTheFormerReplicas() {
        // Given
        apply(FIRST, V1, 3);
        rollout(V1);
        ApplyInput input = manifest(V2, 1);
        ApplyBefore before = apply(NEXT, V2, 1);
        rollout(V2);

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));
        RolloutStatusResult status = rollout(V1);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(status.images()).containsExactly(V1);
        assertThat(status.replicas()).isEqualTo(3);
    }

    @Test
    void undoOfAThirdDeploymentThatTookTheWayBackOverRunsTheFirstImage() {
        // Given
        apply(FIRST, V1, 3);
        rollout(V1);
        ApplyBefore former = apply(NEXT, V2, 1);
        rollout(V2);
        ApplyInput input = manifest(V3, 2);
        ApplyBefore before = apply(NEWEST, V3, 2).takingOver(former);
        rollout(V3);

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoApply(NEWEST, input, before, null));
        RolloutStatusResult status = rollout(V1);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(status.images()).containsExactly(V1);
        assertThat(status.replicas()).isEqualTo(3);
    }

    @Test
    void replicasOfASecondDeploymentThatTookTheWayBackOverGoWithIt() {
        // Given
        apply(FIRST, V1, 3);
        rollout(V1);
        ScaleInput scaling = new ScaleInput(null, null, "bridge", 2, null);
        ApplyBefore formerApply = apply(NEXT, V2, 1);
        rollout(V2);
        ScaleBefore formerScale = kubernetes.scaleBefore(NEXT.at("second-node"), scaling);
        ApplyInput input = manifest(V3, 1);
        ApplyBefore before = apply(NEWEST, V3, 1).takingOver(formerApply);
        StepRef second = NEWEST.at("second-node");
        ScaleBefore scaleBefore = kubernetes.scaleBefore(second, scaling);
        attempts.untilDone(() -> kubernetes.scale(second, scaling, scaleBefore));
        attempts.untilDone(() -> kubernetes.undoApply(NEWEST, input, before, null));

        // When
        ScaleBefore origin = scaleBefore.takingOver(formerScale);
        var undone = attempts.untilDone(() -> kubernetes.undoScale(second, scaling, origin, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(rollout(V1).replicas()).isEqualTo(3);
    }

    @Test
    void undoOfASecondDeploymentRollsOutAsTheFirst() {
        // Given
        apply(FIRST, V1, 1);
        rollout(V1);
        ApplyInput input = input(deployment(V2, "")
                .replace(
                        "progressDeadlineSeconds: 15",
                        "minReadySeconds: 1\n  strategy: {rollingUpdate: {maxSurge: 2}}"));
        ApplyBefore before = apply(NEXT, input);
        rollout(V2);

        // When
        attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));

        // Then
        var spec = live().getSpec();
        assertThat(spec.getProgressDeadlineSeconds()).isEqualTo(15);
        assertThat(spec.getMinReadySeconds()).isIn(null, 0);
        assertThat(spec.getStrategy().getRollingUpdate().getMaxSurge().getStrVal())
                .isEqualTo("25%");
    }

    @Test
    void undoTwiceIsHarmless() {
        // Given
        apply(FIRST, V1, 2);
        rollout(V1);
        ApplyInput input = manifest(V2, 2);
        ApplyBefore before = apply(NEXT, V2, 2);
        attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));
        rollout(V1);

        // When
        var again = attempts.untilDone(() -> kubernetes.undoApply(NEXT, input, before, null));

        // Then
        assertThat(again.outcome()).isIn(Outcome.NOT_NEEDED, Outcome.REVERTED);
        assertThat(rollout(V1).images()).containsExactly(V1);
    }

    @Test
    void aRolloutThatNeverBecomesReadyFailsAtItsDeadline() {
        // Given
        apply(FIRST, NEVER_READY, 1);

        // When / Then
        assertThatThrownBy(() -> rollout(NEVER_READY))
                .satisfies(failure(Failures.EXPECTATION))
                .hasMessageContaining("passed its progress deadline");
    }

    @Test
    void fieldsThatSomeoneElseHoldsAreRefusedWithTheirName() {
        // Given
        apply(FIRST, V1, 1);
        client().apps().deployments().withName("bridge").patch(merge("kubectl-edit"), "{\"spec\":{\"replicas\":4}}");

        // When / Then
        assertThatThrownBy(() -> apply(NEXT, V2, 1))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        e -> assertThat(e.getType()).isIn(Failures.REFUSED, Failures.CONFLICT))
                .hasMessageContaining("kubectl-edit");
    }

    @Test
    void aPortThatSomeoneElseHoldsIsRefusedThoughTheManifestLeavesItsProtocolOut() {
        // Given
        apply(FIRST, input(service(8080)));
        client().services()
                .withName("bridge")
                .patch(
                        by("kubectl-edit", PatchType.JSON),
                        "[{\"op\":\"replace\",\"path\":\"/spec/ports/0/targetPort\",\"value\":9090}]");

        // When / Then
        assertThatThrownBy(() -> kubernetes.applyBefore(NEXT, input(service(8081))))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("kubectl-edit: .spec.ports")
                .hasMessageContaining("write force: true");
    }

    @Test
    void aScalingByTheReleaseDoesNotStandAgainstItsNextManifest() {
        // Given
        apply(FIRST, V1, 1);
        rollout(V1);
        ScaleInput scaling = new ScaleInput(null, null, "bridge", 3, null);
        ScaleBefore before = kubernetes.scaleBefore(FIRST, scaling);
        attempts.untilDone(() -> kubernetes.scale(FIRST, scaling, before));

        // When
        apply(NEXT, V2, 2);

        // Then
        assertThat(live().getSpec().getReplicas()).isEqualTo(2);
        assertThat(live().getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals("longwatch"))
                .extracting(ManagedFieldsEntry::getOperation)
                .containsExactly("Apply");
    }

    @Test
    void whatAWayBackBroughtGoesWithTheNextManifestThatLacksIt() {
        // Given
        apply(FIRST, input(deployment(V1, "{name: EXTRA, value: x}") + settings("{A: a, B: b}")));
        rollout(V1);
        ApplyInput without = input(deployment(V2, "") + settings("{A: a}"));
        ApplyBefore before = apply(NEXT, without);
        rollout(V2);
        attempts.untilDone(() -> kubernetes.undoApply(NEXT, without, before, null));
        rollout(V1);

        // When
        apply(NEWEST, input(deployment(V3, "") + settings("{A: a}")));

        // Then
        assertThat(live().getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .extracting(EnvVar::getName)
                .containsExactly("LEVEL");
        assertThat(settings()).isEqualTo(Map.of("A", "a"));
    }

    @Test
    void aProbeThatAWayBackBroughtGivesWayToOneOfAnotherKind() {
        // Given
        apply(FIRST, input(probed(V1, "exec: {command: [ls]}")));
        rollout(V1);
        ApplyInput without = input(deployment(V2, ""));
        ApplyBefore before = apply(NEXT, without);
        rollout(V2);
        attempts.untilDone(() -> kubernetes.undoApply(NEXT, without, before, null));
        rollout(V1);

        // When
        apply(NEWEST, input(probed(V3, "httpGet: {path: /, port: 8080}")));

        // Then
        var container = live().getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getLivenessProbe().getExec()).isNull();
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/");
    }

    @Test
    void whatKubectlAppliedGoesWithAManifestThatTakesItOver() {
        // Given
        apply(FIRST, input(settings("{A: a}")));
        client().configMaps()
                .withName("settings")
                .patch(merge("kubectl-client-side-apply"), "{\"data\":{\"B\":\"b\"}}");
        client().configMaps().withName("settings").patch(merge("kubectl-edit"), "{\"data\":{\"C\":\"c\"}}");

        // When
        apply(NEXT, input(settings("{A: b}")));
        Map<String, String> left = settings();
        apply(NEWEST, new ApplyInput(null, settings("{A: c}"), null, null, true, null));

        // Then
        assertThat(left).isEqualTo(Map.of("A", "b", "B", "b", "C", "c"));
        assertThat(settings()).isEqualTo(Map.of("A", "c", "C", "c"));
    }

    @Test
    void aScalingOutlivesTheNextManifestThatSaysNothingOfReplicas() {
        // Given
        apply(FIRST, input(deployment(V1, "").replace("  replicas: 1\n", "")));
        rollout(V1);
        ScaleInput input = new ScaleInput(null, null, "bridge", 3, null);
        ScaleBefore before = kubernetes.scaleBefore(FIRST, input);
        attempts.untilDone(() -> kubernetes.scale(FIRST, input, before));

        // When
        apply(NEXT, input(deployment(V2, "").replace("  replicas: 1\n", "")));

        // Then
        assertThat(live().getSpec().getReplicas()).isEqualTo(3);
    }

    @Test
    void scalingWaitsForReadinessAndIsTakenBack() {
        // Given
        apply(FIRST, V1, 1);
        rollout(V1);
        ScaleInput input = new ScaleInput(null, null, "bridge", 3, null);
        ScaleBefore before = kubernetes.scaleBefore(FIRST, input);

        // When
        var scaled = attempts.untilDone(() -> kubernetes.scale(FIRST, input, before));
        var undone = attempts.untilDone(() -> kubernetes.undoScale(FIRST, input, before, null));

        // Then
        assertThat(scaled.readyReplicas()).isEqualTo(3);
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(live().getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void replicasThatAnAutoscalerSetsAreNotScaled() {
        // Given
        apply(FIRST, V1, 1);
        client().autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .load(KubernetesContract.class.getResourceAsStream("autoscaler.yaml"))
                .create();
        ScaleInput input = new ScaleInput(null, null, "bridge", 2, null);

        // When / Then
        assertThatThrownBy(() -> kubernetes.scaleBefore(FIRST, input))
                .satisfies(failure(Failures.REFUSED))
                .hasMessageContaining("HorizontalPodAutoscaler bridge");
    }

    @Test
    void undoRolloutGoesBackToTheFormerRevision() {
        // Given
        apply(FIRST, V1, 2);
        rollout(V1);
        apply(NEXT, V2, 2);
        rollout(V2);
        var input = new UndoRolloutInput(null, null, "bridge", null, 2, null);
        StepRef restore = NEXT.at("restore");
        var before = attempts.untilDone(() -> kubernetes.undoRolloutBefore(restore, input));

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoRollout(restore, input, before));

        // Then
        assertThat(undone.image()).isEqualTo(V1);
        assertThat(undone.deleted()).isFalse();
        assertThat(rollout(V1).revision()).isEqualTo(3L);
    }

    @Test
    void undoRolloutThatIsDoneOnceMoreAfterItsEffectStaysThere() {
        // Given
        apply(FIRST, V1, 2);
        rollout(V1);
        apply(NEXT, V2, 2);
        rollout(V2);
        StepRef restore = NEXT.at("restore");
        var input = new UndoRolloutInput(null, null, "bridge", null, 2, null);
        var first = attempts.untilDone(() -> kubernetes.undoRolloutBefore(restore, input));
        attempts.untilDone(() -> kubernetes.undoRollout(restore, input, first));

        // When
        var second = attempts.untilDone(() -> kubernetes.undoRolloutBefore(restore, input));
        var again = attempts.untilDone(() -> kubernetes.undoRollout(restore, input, second));

        // Then
        assertThat(again.image()).isEqualTo(V1);
        assertThat(rollout(V1).revision()).isEqualTo(3L);
    }

    @Test
    void undoRolloutOfADeploymentThatTheReleaseCreatedDeletesIt() {
        // Given
        apply(FIRST, V1, 2);
        rollout(V1);
        var input = new UndoRolloutInput(null, null, "bridge", null, null, true);
        var before = attempts.untilDone(() -> kubernetes.undoRolloutBefore(FIRST, input));

        // When
        var undone = attempts.untilDone(() -> kubernetes.undoRollout(FIRST, input, before));

        // Then
        assertThat(undone.deleted()).isTrue();
        assertThat(client().apps().deployments().withName("bridge").get()).isNull();
    }

    @Test
    void getCountsWhatIsReady() {
        // Given
        apply(FIRST, V1, 2);
        rollout(V1);

        // When
        var pods = kubernetes.get(FIRST, new GetInput(null, null, null, "Pod", null, "app=bridge", null));

        // Then
        assertThat(pods.count()).isEqualTo(2);
        assertThat(pods.ready()).isEqualTo(2);
        assertThat(pods.restarts()).isZero();
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        // Given
        var input = new RolloutStatusInput(null, null, "bridge", null, null, null);

        // When / Then
        assertThatThrownBy(() -> kubernetes.rolloutStatus(FIRST, input)).satisfies(failure(Failures.NOT_FOUND));
    }

    @Test
    void secretsAreJudgedWithoutBeingShown() {
        // Given
        client().resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .endMetadata()
                        .addToStringData("TOKEN", "hunter2hunter2hunter2")
                        .build())
                .create();
        var input = new io.longwatch.actions.secret.CheckInput(
                null, null, "keys", List.of("TOKEN", "OTHER"), 16, null, null, null, null);

        // When
        var checked = secrets.check(FIRST, input);

        // Then
        assertThat(checked.ok()).isFalse();
        assertThat(checked.missing()).containsExactly("OTHER");
        assertThat(checked.lengths()).containsEntry("TOKEN", 21);
        assertThat(checked.toString()).doesNotContain("hunter2");
    }

    @Test
    void variablesOfALiveDeploymentAreCompared() {
        // Given
        apply(FIRST, V1, 1);
        var input = new io.longwatch.actions.env.CheckInput(
                null, null, "bridge", null, null, Map.of("LEVEL", "info", "LIMIT", "40"), null);

        // When
        var checked = env.check(FIRST, input);

        // Then
        assertThat(checked.matching()).isEqualTo(1);
        assertThat(checked.missing()).containsExactly("LIMIT");
    }

    protected final Attempts attempts() {
        return attempts;
    }

    protected final KubernetesActions actions() {
        return kubernetes;
    }

    /** Someone who may do everything in the namespace, and looks at what the actions have done. */
    protected KubernetesClient client() {
        return clients.of(connection())
                .adapt(NamespacedKubernetesClient.class)
                .inNamespace(connection().namespace());
    }

    private Deployment live() {
        return client().apps().deployments().withName("bridge").get();
    }

    protected final ApplyBefore apply(StepRef step, String image, int replicas) {
        return apply(step, manifest(image, replicas));
    }

    private ApplyBefore apply(StepRef step, ApplyInput input) {
        ApplyBefore before = attempts.untilDone(() -> kubernetes.applyBefore(step, input));
        attempts.untilDone(() -> kubernetes.apply(step, input, before));
        return before;
    }

    private Map<String, String> settings() {
        return client().configMaps().withName("settings").get().getData();
    }

    private RolloutStatusResult rollout(String image) {
        var input = new RolloutStatusInput(null, null, "bridge", image, null, Duration.ofSeconds(10));
        return attempts.untilDone(() -> kubernetes.rolloutStatus(FIRST, input));
    }

    protected static ApplyInput manifest(String image, int replicas) {
        return input(deployment(image, "").replace("replicas: 1", "replicas: " + replicas));
    }

    private static ApplyInput input(String manifest) {
        return new ApplyInput(null, manifest, null, null, null, null);
    }

    private static String settings(String data) {
        return "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: " + data + "}\n";
    }

    private static PatchContext merge(String manager) {
        return by(manager, PatchType.JSON_MERGE);
    }

    private static PatchContext by(String manager, PatchType type) {
        return new PatchContext.Builder()
                .withPatchType(type)
                .withFieldManager(manager)
                .build();
    }

    private static String service(int targetPort) {
        return "{apiVersion: v1, kind: Service, metadata: {name: bridge}, spec: {selector: {app: bridge},"
                + " ports: [{port: 80, targetPort: " + targetPort + "}]}}";
    }

    /** A Deployment of one replica, with another variable for its container. */
    private static String deployment(String image, String variable) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: bridge
            spec:
              replicas: 1
              progressDeadlineSeconds: 15
              selector: {matchLabels: {app: bridge}}
              template:
                metadata: {labels: {app: bridge}}
                spec:
                  containers:
                  - name: app
                    image: %s
                    env: [{name: LEVEL, value: info}, %s]
                    ports: [{containerPort: 8080}]
            """.formatted(image, variable);
    }

    private static String probed(String image, String probe) {
        return deployment(image, "")
                .replace("        ports:", "        livenessProbe: {" + probe + "}\n        ports:");
    }

    protected static Consumer<Throwable> failure(String type) {
        return e -> assertThat(e)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(type));
    }
}
