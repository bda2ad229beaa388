package io.longwatch.system.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.sandbox.kubernetes.RolloutContract;
import io.longwatch.system.parts.ControlPlane;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RolloutOnControlPlaneTest extends RolloutContract {
    private final ControlPlane cluster = ControlPlane.shared();
    private final String namespace = OnControlPlane.newNamespace(cluster);

    @Override
    protected KubernetesClient client() {
        return OnControlPlane.admin(cluster, namespace);
    }

    @Override
    protected void eventually(Runnable assertion) {
        await().atMost(Duration.ofMinutes(3))
                .ignoreException(NullPointerException.class)
                .untilAsserted(assertion::run);
    }
}
