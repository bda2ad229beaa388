package io.longwatch.system.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.sandbox.kubernetes.KubernetesContract;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The manifests of a worker and of its access on a real control plane: they are accepted, and the account that they make
 * can carry out the whole contract of the Kubernetes actions, and little else.
 */
@Timeout(300)
class WorkerAccountTest extends KubernetesContract {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final String ACCOUNT = "longwatch-production";
    private static final String SECRET = "biometric-bridge-secrets";
    private static final String SECRET_OF_THE_CONTRACT = "keys";
    private static final String MADE_IN = "namespace: production";

    @TempDir
    private static Path folder;

    private static ControlPlane cluster;
    private static Path token;

    private final String namespace = "install-" + NAMESPACES.incrementAndGet();
    private final Hasty clock = new Hasty();

    WorkerAccountTest() {
        cluster.createNamespace(namespace);
        String access = Manifests.made("access").replace(MADE_IN, "namespace: " + namespace);
        Manifests.apply(cluster, access.replace("- " + SECRET, "- " + SECRET + "\n  - " + SECRET_OF_THE_CONTRACT));
    }

    @BeforeAll
    static void applyTheWorker() throws IOException {
        cluster = ControlPlane.shared();
        Manifests.apply(cluster, Manifests.made("worker"));
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        String issued = cluster.client()
                .serviceAccounts()
                .inNamespace("longwatch")
                .withName(ACCOUNT)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        token = Files.writeString(folder.resolve("token"), issued);
    }

    @Override
    protected KubernetesConnection connection() {
        return new KubernetesConnection(
                null, null, cluster.uri(), Secret.ofFile(token), cluster.caFile(), null, namespace);
    }

    @Override
    protected KubernetesClient client() {
        return cluster.client().adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void pass(Duration time) {
        clock.pass(time);
    }

    @Test
    void twoWorkersRunInANamespaceThatRefusesWhatIsNotRestricted() {
        // When
        var worker =
                cluster.client().apps().deployments().inNamespace("longwatch").withName(ACCOUNT);

        // Then
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            Deployment live = worker.get();
            assertThat(live.getStatus().getReadyReplicas())
                    .as("%s", live.getStatus())
                    .isEqualTo(2);
        });
    }

    @Test
    void theConfigurationIsOneThatAWorkerReads() throws Exception {
        // Given
        ConfigMap config = cluster.client()
                .configMaps()
                .inNamespace("longwatch")
                .withName(ACCOUNT)
                .get();

        // When
        WorkerConfig read = WorkerConfigFile.parse(config.getData().get("worker.yaml"), "worker.yaml");

        // Then
        assertThat(read.environments()).containsOnlyKeys("production");
        assertThat(read.ledger()).isNotNull();
        assertThat(read.people()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "get, '', secrets, biometric-bridge-secrets, true",
        "get, '', secrets, another, false",
        "list, '', secrets, '', false",
        "update, '', secrets, biometric-bridge-secrets, false",
        "create, '', pods/exec, '', false",
        "create, '', pods, '', false",
        "delete, '', pods, '', false",
        "create, '', serviceaccounts/token, '', false",
        "create, rbac.authorization.k8s.io, rolebindings, '', false",
        "patch, rbac.authorization.k8s.io, roles, '', false",
        "delete, apps, replicasets, '', false",
        "delete, autoscaling, horizontalpodautoscalers, '', false",
        "watch, apps, deployments, '', false",
        "list, keda.sh, scaledobjects, '', true",
    })
    void inItsNamespaceItMayDoWhatActionsNeedAndNoMore(
            String verb, String group, String resource, String name, boolean allowed) {
        // When
        boolean may = may(namespace, verb, group, resource, name);

        // Then
        assertThat(may).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "longwatch, get, '', secrets",
        "longwatch, patch, apps, deployments",
        "production, get, '', secrets",
        "kube-system, get, '', secrets",
        "default, get, apps, deployments",
        "default, list, '', pods",
        "'', delete, '', namespaces",
        "'', get, '', nodes",
        "'', create, rbac.authorization.k8s.io, clusterrolebindings",
        "'', impersonate, '', users",
    })
    void elsewhereItMayDoNothing(String where, String verb, String group, String resource) {
        // When
        boolean may = may(where, verb, group, resource, "");

        // Then
        assertThat(may).isFalse();
    }

    private boolean may(String where, String verb, String group, String resource, String name) {
        String[] parts = resource.split("/", 2);
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(where)
                .withVerb(verb)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withName(name)
                .endResourceAttributes()
                .endSpec()
                .build();
        try (KubernetesClients clients = new KubernetesClients()) {
            return clients.of(connection())
                    .authorization()
                    .v1()
                    .selfSubjectAccessReview()
                    .create(review)
                    .getStatus()
                    .getAllowed();
        }
    }

    /** The real time, but a wait between two looks takes a fraction of a second of it. */
    private static final class Hasty extends Clock {
        private Duration skipped = Duration.ZERO;

        void pass(Duration time) {
            Duration glance = Duration.ofMillis(200);
            skipped = skipped.plus(time.minus(glance));
            await().pollDelay(glance).until(() -> true);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(skipped);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
