package io.longwatch.sandbox.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ImagePullFails;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class RolloutOnStandInTest extends RolloutContract {
    private final SteppedClock clock = new SteppedClock();
    private final KubernetesStandIn cluster = KubernetesStandIn.start(clock);
    private final KubernetesClient client = open();

    RolloutOnStandInTest() {
        cluster.behave(NO_IMAGE, PodBehaviour.neverReady(new ImagePullFails("manifest unknown")));
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Override
    protected KubernetesClient client() {
        return client;
    }

    @Override
    protected void eventually(Runnable assertion) {
        clock.pass(Duration.ofMinutes(1));
        cluster.tick();
        assertion.run();
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
