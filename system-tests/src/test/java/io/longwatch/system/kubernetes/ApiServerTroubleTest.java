package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.Failures;
import io.longwatch.system.parts.ControlPlane;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step makes of an API server that refuses, is busy, is away, or whose answer is lost. */
class ApiServerTroubleTest extends OnControlPlane {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CROWD = 8;
    private static final String STARVED = """
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: PriorityLevelConfiguration
            metadata: {name: starved}
            spec:
              type: Limited
              limited: {nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: {type: Reject}}
            ---
            apiVersion: flowcontrol.apiserver.k8s.io/v1
            kind: FlowSchema
            metadata: {name: starved}
            spec:
              priorityLevelConfiguration: {name: starved}
              matchingPrecedence: 2
              rules:
              - subjects: [{kind: User, user: {name: longwatch}}]
                resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}]
            """;

    private final ApiProxy proxy = new ApiProxy(cluster);
    private final KubernetesActions viaProxy = actions(new KubernetesConnection(
            cluster.kubeconfig(ControlPlane.LONGWATCH, namespace, proxy.uri()), null, null, null, null, null, null));

    @AfterEach
    void close() {
        proxy.close();
        cluster.startApiServer();
    }

    @Test
    void aTokenThatIsNotValidIsDeniedAndToBeRenewed(@TempDir Path folder) throws IOException {
        // Given
        Path token = Files.writeString(folder.resolve("token"), "of-last-year");
        KubernetesActions stranger = actions(new KubernetesConnection(
                null, null, cluster.uri(), Secret.ofFile(token), cluster.caFile(), null, namespace));

        // When / Then
        assertThatThrownBy(() -> stranger.applyBefore(STEP, manifest(deployment(IMAGE, 1))))
                .satisfies(failure(Failures.DENIED))
                .hasMessageContaining("renew the token")
                .hasMessageNotContaining("of-last-year");
    }

    @Test
    void whatTheAccountMayNotDoIsDeniedAndSaysWhatToGrant() {
        // Given
        KubernetesActions someone = actions(new KubernetesConnection(
                cluster.kubeconfig(ControlPlane.SOMEONE, namespace), null, null, null, null, null, null));

        // When / Then
        assertThatThrownBy(() -> someone.applyBefore(STEP, manifest(deployment(IMAGE, 1))))
                .satisfies(failure(Failures.DENIED))
                .hasMessageContaining("User \"someone\" cannot get resource \"deployments\" in API group \"apps\"")
                .hasMessageContaining("grant it by a Role");
    }

    @Test
    void aChangeBetweenReadAndWriteIsAConflictAndTheNextAttemptSeesIt() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        ScaleInput input = new ScaleInput(null, null, "bridge", 2, null);
        var before = kubernetes.scaleBefore(STEP, input);
        proxy.next(
                "PATCH",
                ApiProxy.after(() -> admin().apps()
                        .deployments()
                        .withName("bridge")
                        .edit(d -> d.edit()
                                .editMetadata()
                                .addToLabels("touched", "yes")
                                .endMetadata()
                                .build())));

        // When
        assertThatThrownBy(() -> viaProxy.scale(STEP, input, before))
                .satisfies(failure(Failures.CONFLICT))
                .satisfies(ApiServerTroubleTest::isRetried)
                .hasMessageContaining("the object has been modified");
        var scaled = attempts.untilDone(() -> viaProxy.scale(STEP, input, before));

        // Then
        assertThat(scaled.readyReplicas()).isEqualTo(2);
        assertThat(live().getMetadata().getLabels()).containsEntry("touched", "yes");
    }

    @Test
    void aVersionThatTheServerHasForgottenIsTriedAgain() {
        // Given
        String old = admin().configMaps().list().getMetadata().getResourceVersion();
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        cluster.forgetHistory();
        cluster.restartApiServer();

        // When / Then
        assertThatThrownBy(() -> clients.call(
                        connection,
                        api -> api.client()
                                .pods()
                                .list(new ListOptionsBuilder()
                                        .withResourceVersion(old)
                                        .withResourceVersionMatch("Exact")
                                        .build())))
                .satisfies(failure(Failures.UNAVAILABLE))
                .satisfies(ApiServerTroubleTest::isRetried)
                .hasMessageContaining("too old");
    }

    @Test
    void aServerWithTooMuchToDoIsAskedAgainLaterAndOnlyOnce() {
        // Given
        ApplyBefore before = kubernetes.applyBefore(STEP, manifest(deployment(IMAGE, 1)));
        proxy.next("PATCH", ApiProxy.tooManyRequests());

        // When
        assertThatThrownBy(() -> viaProxy.apply(STEP, manifest(deployment(IMAGE, 1)), before))
                .satisfies(failure(Failures.UNAVAILABLE))
                .satisfies(ApiServerTroubleTest::isRetried)
                .hasMessageContaining("too many requests");
        int asked = proxy.requests();
        viaProxy.apply(STEP, manifest(deployment(IMAGE, 1)), before);

        // Then: one look and one write
        assertThat(asked).isEqualTo(2);
        assertThat(cluster.writes("patch", "deployments", namespace, "bridge")).isEqualTo(1);
    }

    @Test
    void anAccountThatTheServerStarvesIsToldToAskLaterAndDoesItsWorkThen() {
        // Given
        ApplyBefore before = kubernetes.applyBefore(STEP, manifest(deployment(IMAGE, 1)));
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        cluster.client().load(stream(STARVED)).serverSideApply();
        AtomicBoolean crowded = new AtomicBoolean(true);
        AtomicInteger letThrough = new AtomicInteger();
        try {
            for (int i = 0; i < CROWD; i++) {
                KubernetesClient account = account();
                crowd.execute(() -> askWhile(crowded, account));
            }

            // When: until the crowd is dense enough, an attempt may still be let through, or so late that the object
            // has changed since it was read
            AtomicReference<Throwable> refusal = new AtomicReference<>();
            await("429").atMost(PATIENCE).until(() -> {
                refusal.set(catchThrowable(() -> kubernetes.apply(STEP, manifest(deployment(IMAGE, 1)), before)));
                if (refusal.get() == null) {
                    letThrough.incrementAndGet();
                }
                return refusal.get() != null && !isConflict(refusal.get());
            });

            // Then
            assertThat(refusal.get())
                    .satisfies(failure(Failures.UNAVAILABLE))
                    .satisfies(ApiServerTroubleTest::isRetried)
                    .hasMessageContaining("too many requests");
        } finally {
            crowded.set(false);
            crowd.shutdown();
            cluster.client().load(stream(STARVED)).delete();
        }
        await("an answer")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(ApplicationFailure.class)
                .until(() -> kubernetes.apply(STEP, manifest(deployment(IMAGE, 1)), before) != null);
        assertThat(cluster.writes("patch", "deployments", namespace, "bridge")).isEqualTo(letThrough.get() + 1L);
    }

    /** A level of priority without a seat lets one request through at a time. */
    private static void askWhile(AtomicBoolean crowded, KubernetesClient account) {
        try (account) {
            while (crowded.get()) {
                try {
                    account.pods().list();
                } catch (KubernetesClientException turnedAway) {
                    // That is what a crowd meets with.
                }
            }
        }
    }

    /** A client under the account that actions have. */
    private KubernetesClient account() {
        Config config = Config.fromKubeconfig(
                cluster.kubeconfig(ControlPlane.LONGWATCH, namespace).toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** By the same log each test here holds that no action watches, so that a watch that is closed is no action's trouble. */
    @Test
    void aWatchOfTheAccountWouldBeSeen() {
        // Given
        String other = newNamespace(cluster);
        try (KubernetesClient account = account()) {

            // When
            assertThatThrownBy(() -> account.pods().inNamespace(other).watch(new Watcher<>() {
                        @Override
                        public void eventReceived(Action action, Pod pod) {}

                        @Override
                        public void onClose(WatcherException cause) {}
                    }))
                    .hasMessageContaining("403");
        }

        // Then
        await("the audit log")
                .atMost(PATIENCE)
                .until(() -> !cluster.watches(other).isEmpty());
    }

    @Test
    void anAnswerThatIsLostIsNoSecondEffect() {
        // Given
        apply(STEP, deployment(IMAGE, 1));
        rollout();
        ScaleInput input = new ScaleInput(null, null, "bridge", 2, null);
        var before = kubernetes.scaleBefore(STEP, input);
        proxy.next("PATCH", ApiProxy.lostAnswer());

        // When
        assertThatThrownBy(() -> viaProxy.scale(STEP, input, before)).satisfies(failure(Failures.UNAVAILABLE));
        var scaled = attempts.untilDone(() -> viaProxy.scale(STEP, input, before));

        // Then: the apply and one scaling
        assertThat(scaled.readyReplicas()).isEqualTo(2);
        assertThat(cluster.writes("patch", "deployments", namespace, "bridge")).isEqualTo(2);
    }

    @Test
    void aServerThatIsAwayInTheMiddleOfARolloutIsWaitedFor() {
        // Given
        apply(STEP, deployment(IMAGE, 2, "minReadySeconds: 4", ""));
        assertThatThrownBy(this::look).satisfies(failure(Failures.PENDING));
        cluster.stopApiServer();

        // When
        assertThatThrownBy(this::look)
                .satisfies(failure(Failures.UNAVAILABLE))
                .satisfies(ApiServerTroubleTest::isRetried)
                .hasMessageContaining("cannot be reached");
        cluster.startApiServer();

        // Then
        assertThat(rollout().readyReplicas()).isEqualTo(2);
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ApplicationFailure refused && Failures.CONFLICT.equals(refused.getType());
    }

    private static void isRetried(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        f -> assertThat(f.isNonRetryable()).isFalse());
    }
}
