package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A free port on loopback that leads to a port of a ready pod, until it is closed. */
public final class PortForward implements AutoCloseable {
    private final LocalPortForward forward;

    private PortForward(LocalPortForward forward) {
        this.forward = forward;
    }

    /**
     * Opens a way to a pod.
     *
     * @param namespace the connection's where null
     * @param target {@code pod/x}, {@code deployment/x} or {@code service/x}
     * @param port the pod's or, for a service, the service's port
     * @throws io.temporal.failure.ApplicationFailure Pending if no pod behind the target is ready, NotFound if the
     *     target does not exist, Refused if it is a Service without a selector, InvalidInput if it is none of the
     *     three, else as the Kubernetes actions fail
     */
    public static PortForward open(
            KubernetesClients clients,
            KubernetesConnection connection,
            @Nullable String namespace,
            String target,
            int port) {
        return clients.call(connection, cluster -> open(cluster, cluster.namespace(namespace), target, port));
    }

    public int localPort() {
        return forward.getLocalPort();
    }

    @Override
    public void close() {
        try {
            forward.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PortForward open(Cluster cluster, String namespace, String target, int port) {
        String name = target.substring(target.indexOf('/') + 1);
        return switch (target.substring(0, Math.max(0, target.indexOf('/')))) {
            case "pod" -> forward(cluster, namespace, readyPod(cluster, namespace, name), port);
            case "deployment" -> forward(cluster, namespace, podOf(cluster, namespace, name), port);
            case "service" -> toService(cluster, namespace, name, port);
            default ->
                throw Failures.invalid("port-forward target '" + target
                        + "' is none; write pod/NAME, deployment/NAME or service/NAME");
        };
    }

    private static String readyPod(Cluster cluster, String namespace, String name) {
        Pod pod = cluster.client().pods().inNamespace(namespace).withName(name).get();
        if (pod == null) {
            throw Failures.notFound("Pod '" + name + "' does not exist in namespace '" + namespace + "'");
        }
        return PodChoice.ready("pod/" + name, List.of(pod)).getMetadata().getName();
    }

    private static PortForward forward(Cluster cluster, String namespace, String pod, int port) {
        var resource = cluster.client().pods().inNamespace(namespace).withName(pod);
        return new PortForward(resource.portForward(port, InetAddress.getLoopbackAddress(), 0));
    }

    private static String podOf(Cluster cluster, String namespace, String deployment) {
        Deployments deployments = new Deployments(cluster, namespace);
        List<Pod> pods = deployments.pods(deployments.get(deployment));
        return PodChoice.ready("deployment/" + deployment, pods).getMetadata().getName();
    }

    private static PortForward toService(Cluster cluster, String namespace, String name, int port) {
        Service service = cluster.client()
                .services()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (service == null) {
            throw Failures.notFound("Service '" + name + "' does not exist in namespace '" + namespace + "'");
        }
        var pods = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabels(selector(service))
                .list();
        Pod pod = PodChoice.ready("service/" + name, pods.getItems());
        return forward(cluster, namespace, pod.getMetadata().getName(), podPort(service, port, pod));
    }

    /** Without one every pod of the namespace would do, and be sent the request's credentials. */
    private static Map<String, String> selector(Service service) {
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            throw Failures.refused("Service '" + service.getMetadata().getName()
                    + "' has no selector, so nothing says which pods stand behind it; forward to deployment/NAME or"
                    + " pod/NAME");
        }
        return selector;
    }

    static int podPort(Service service, int port, Pod pod) {
        IntOrString target = service.getSpec().getPorts().stream()
                .filter(candidate -> Objects.equals(candidate.getPort(), port))
                .findFirst()
                .orElseThrow(() ->
                        Failures.invalid("Service " + service.getMetadata().getName() + " has no port " + port))
                .getTargetPort();
        if (target == null || target.getStrVal() == null) {
            return target == null || target.getIntVal() == null ? port : target.getIntVal();
        }
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(candidate -> target.getStrVal().equals(candidate.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow(() -> Failures.invalid(
                        "pod " + pod.getMetadata().getName() + " has no port named '" + target.getStrVal() + "'"));
    }
}
