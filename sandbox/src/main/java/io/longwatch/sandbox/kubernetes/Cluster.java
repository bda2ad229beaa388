package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The model behind the API: objects, what can be done to them, and the controllers. One lock guards it all. */
final class Cluster {
    private final Clock clock;
    private final ModelTime time;
    private final ObjectStore store;
    private final ResourceApi api;
    private final ControlLoop loop;
    private final PodModel pods;
    private final PodLogs logs;

    Cluster(Clock clock, PodModel pods) {
        this.clock = clock;
        this.pods = pods;
        this.time = new ModelTime(clock.instant());
        this.store = new ObjectStore(time);
        this.api = new ResourceApi(store, time);
        this.logs = new PodLogs(time, pods);
        EventRecorder events = new EventRecorder(store, time);
        this.loop = new ControlLoop(
                clock,
                time,
                store,
                List.of(
                        () -> Owners.collect(store),
                        new AutoscalerController(store, api),
                        new DeploymentController(store, time, events),
                        new ReplicaSetController(store, time),
                        new PodController(store, time, pods, events),
                        new ServiceController(store)));
        furnish();
    }

    private void furnish() {
        for (String namespace : List.of("default", "kube-system")) {
            api.create(Kinds.NAMESPACE, "", named(namespace), Writer.CONTROLLER);
        }
        for (String name : List.of("sandbox-1", "sandbox-2")) {
            ObjectNode node = named(name);
            ObjectNode status = node.putObject("status");
            status.putObject("capacity").put("cpu", "8").put("memory", "32Gi").put("pods", "110");
            status.set("allocatable", status.get("capacity").deepCopy());
            Conditions.set(
                    node,
                    Conditions.Condition.ofPod("Ready", true, "KubeletReady", "kubelet is posting ready status"),
                    clock.instant(),
                    false);
            api.create(Kinds.NODE, "", node, Writer.KUBELET);
        }
    }

    private static ObjectNode named(String name) {
        ObjectNode object = Tree.object();
        object.putObject("metadata").put("name", name);
        return object;
    }

    Clock clock() {
        return clock;
    }

    PodModel pods() {
        return pods;
    }

    Routes routes(KubernetesPermissions permissions) {
        return new Routes(store, api, logs, permissions);
    }

    /** Tells of every pod that is gone, by name, and when. */
    synchronized void onPodGone(BiConsumer<String, Instant> listener) {
        store.listen(event -> {
            if (event.deleted() && event.kind().equals(Kinds.POD)) {
                listener.accept(Tree.text(event.after(), "metadata", "name"), time.now());
            }
        });
    }

    /** Does something with the cluster as it is at the clock's instant, and lets the controllers answer to it. */
    synchronized <T> T at(Function<ObjectStore, T> deed) {
        loop.advance();
        try {
            return deed.apply(store);
        } finally {
            loop.advance();
        }
    }

    synchronized void tick() {
        loop.disturb();
        loop.advance();
    }
}
