package io.longwatch.sandbox.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;

class ServerSideApplyOnStandInTest extends ServerSideApplyContract {
    private final KubernetesStandIn cluster = KubernetesStandIn.start(new SteppedClock());
    private final KubernetesClient client = open();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Override
    protected KubernetesClient client() {
        return client;
    }

    private KubernetesClient open() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(cluster.uri().toString())
                .withNamespace("default")
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
