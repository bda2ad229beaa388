package io.longwatch.system.release;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.longwatch.sandbox.bridge.Fleet;
import io.longwatch.sandbox.kubernetes.PodModel.Container;
import io.longwatch.system.parts.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Plays the kubelet's part for the bridge's pods. Kwok says that they run; this runs a node of the bridge for each that
 * the API server knows, for as long as it knows it, and tells kwok where port-forwards to it lead and where its lines are.
 */
final class PlayedKubelet implements AutoCloseable {
    private static final int PORT = 8000;

    private final ControlPlane cluster;
    private final String namespace;
    private final Fleet fleet;
    private final PodNetwork network;
    private final Path logs;
    private final Map<String, InetSocketAddress> running = new HashMap<>();
    private final SharedIndexInformer<Pod> pods;

    PlayedKubelet(ControlPlane cluster, String namespace, Fleet fleet, PodNetwork network, Path logs) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.fleet = fleet;
        this.network = network;
        this.logs = logs;
        this.pods = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("app", "biometric-bridge")
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        seen(pod);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod pod) {
                        seen(pod);
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {
                        gone(pod.getMetadata().getName());
                    }
                });
    }

    private synchronized void seen(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        InetSocketAddress process = running.computeIfAbsent(pod.getMetadata().getName(), name -> begin(pod));
        if (pod.getStatus() != null && pod.getStatus().getPodIP() != null) {
            network.route(pod, PORT, process);
        }
    }

    private InetSocketAddress begin(Pod pod) {
        String name = pod.getMetadata().getName();
        var container = pod.getSpec().getContainers().get(0);
        fleet.behaviourOf(new Container(
                namespace,
                name,
                pod.getMetadata().getLabels(),
                container.getName(),
                container.getImage(),
                Instant.parse(pod.getMetadata().getCreationTimestamp())));
        InetSocketAddress process = fleet.addressOf(name).orElseThrow();
        cluster.forward(namespace, name, PORT, process);
        cluster.podLog(namespace, name, written(name));
        return process;
    }

    /** A file as the container runtime keeps it. */
    private Path written(String pod) {
        try {
            return Files.writeString(
                    logs.resolve(pod + ".log"), Instant.now() + " stdout F INFO listens on port " + PORT + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void gone(String pod) {
        InetSocketAddress process = running.remove(pod);
        if (process != null) {
            network.forget(process);
            fleet.gone(pod, Instant.now());
        }
    }

    @Override
    public void close() {
        pods.stop();
    }
}
