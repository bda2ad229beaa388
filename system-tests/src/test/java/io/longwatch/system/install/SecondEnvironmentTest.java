package io.longwatch.system.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.worker.config.WorkerConfigFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of a second environment on a real control plane, beside those of production. */
@Timeout(300)
class SecondEnvironmentTest {
    private static final String WORKERS = "longwatch";

    private static ControlPlane cluster;

    @BeforeAll
    static void applyBoth() {
        cluster = ControlPlane.shared();
        cluster.createNamespace("second-production");
        cluster.createNamespace("second-staging");
        Manifests.apply(cluster, Manifests.made("worker"));
        Manifests.apply(cluster, Manifests.made("staging"));
        apply("access", "production");
        apply("staging/access", "staging");
    }

    private static void apply(String folder, String environment) {
        String made = Manifests.made(folder);
        Manifests.apply(cluster, made.replace("namespace: " + environment, "namespace: second-" + environment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "staging"})
    void eachHasTwoWorkersThatItsServiceFindsAndNoOthers(String environment) {
        // Given
        KubernetesClient client = cluster.client();
        String name = "longwatch-" + environment;

        // When
        Service service = client.services().inNamespace(WORKERS).withName(name).get();

        // Then
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            List<Pod> found = client.pods()
                    .inNamespace(WORKERS)
                    .withLabels(service.getSpec().getSelector())
                    .list()
                    .getItems();
            assertThat(found)
                    .extracting(pod -> pod.getSpec().getServiceAccountName())
                    .containsExactly(name, name);
            assertThat(client.apps()
                            .deployments()
                            .inNamespace(WORKERS)
                            .withName(name)
                            .get()
                            .getStatus()
                            .getReadyReplicas())
                    .isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "staging"})
    void eachReadsItsOwnConfigurationAndSecrets(String environment) throws Exception {
        // Given
        KubernetesClient client = cluster.client();
        String name = "longwatch-" + environment;

        // When
        String config = client.configMaps()
                .inNamespace(WORKERS)
                .withName(name)
                .get()
                .getData()
                .get("worker.yaml");
        var volumes = client.apps()
                .deployments()
                .inNamespace(WORKERS)
                .withName(name)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes();

        // Then
        assertThat(WorkerConfigFile.parse(config, "worker.yaml").environments()).containsOnlyKeys(environment);
        assertThat(volumes)
                .anySatisfy(volume -> assertThat(volume.getConfigMap())
                        .isNotNull()
                        .satisfies(map -> assertThat(map.getName()).isEqualTo(name)))
                .anySatisfy(volume -> assertThat(volume.getSecret())
                        .isNotNull()
                        .satisfies(secret -> assertThat(secret.getSecretName()).isEqualTo(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "production, second-production, true",
        "production, second-staging, false",
        "staging, second-staging, true",
        "staging, second-production, false",
    })
    void eachMayChangeWhatItReleasesAndNothingOfTheOther(String environment, String namespace, boolean allowed) {
        // Given
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + WORKERS + ":longwatch-" + environment)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb("patch")
                .withGroup("apps")
                .withResource("deployments")
                .endResourceAttributes()
                .endSpec()
                .build();

        // When
        SubjectAccessReview answer =
                cluster.client().authorization().v1().subjectAccessReview().create(review);

        // Then
        assertThat(answer.getStatus().getAllowed()).isEqualTo(allowed);
    }

    @Test
    void theNamespaceIsMadeWithTheFirstAndLeftAloneByTheSecond() {
        // When
        String made = Manifests.made("staging");

        // Then
        assertThat(made).doesNotContain("kind: Namespace").doesNotContain("production");
    }
}
