package io.longwatch.system.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.sandbox.kubernetes.ServerSideApplyContract;
import io.longwatch.system.parts.ControlPlane;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ServerSideApplyOnControlPlaneTest extends ServerSideApplyContract {
    private final ControlPlane cluster = ControlPlane.shared();
    private final String namespace = OnControlPlane.newNamespace(cluster);

    @Override
    protected KubernetesClient client() {
        return OnControlPlane.admin(cluster, namespace);
    }
}
