package io.longwatch.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stand-in, a clock that the test moves, and the fabric8 client. */
abstract class StandInTest {
    static final String NAMESPACE = "default";
    static final String V1 = "registry.test/bridge:1";
    static final String V2 = "registry.test/bridge:2";

    final SteppedClock clock = new SteppedClock();
    KubernetesStandIn cluster;
    KubernetesClient client;

    @BeforeEach
    void start() {
        cluster = KubernetesStandIn.start(clock);
        client = client("secret");
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    KubernetesClient client(String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.uri().toString())
                .withOauthToken(token)
                .withNamespace(NAMESPACE)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    void pass(Duration time) {
        clock.pass(time);
        cluster.tick();
    }

    static DeploymentBuilder bridge(String image, Integer replicas) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("bridge")
                .addToLabels("app", "bridge")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", "bridge")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "bridge")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage(image)
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec();
    }

    Deployment deploy(String image, int replicas) {
        return client.resource(bridge(image, replicas).build())
                .fieldManager("longwatch")
                .serverSideApply();
    }

    Deployment bridge() {
        return client.apps().deployments().withName("bridge").get();
    }

    List<Pod> pods() {
        return client.pods().withLabel("app", "bridge").list().getItems();
    }

    static String reason(Deployment deployment, String condition) {
        return deployment.getStatus().getConditions().stream()
                .filter(c -> c.getType().equals(condition))
                .map(c -> c.getReason())
                .findFirst()
                .orElse("");
    }
}
