package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.sandbox.kubernetes.Conditions.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scheduler and kubelet: puts pods on nodes and lets their containers live as the model says. */
final class PodController implements Controller {
    private final ObjectStore store;
    private final ModelTime time;
    private final PodModel model;
    private final EventRecorder events;
    private Optional<Instant> due = Optional.empty();
    private int lastAddress;

    PodController(ObjectStore store, ModelTime time, PodModel model, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.model = model;
        this.events = events;
    }

    @Override
    public Optional<Instant> due() {
        return due;
    }

    @Override
    public void reconcile() {
        due = Optional.empty();
        store.list(Kinds.POD, "").forEach(this::live);
    }

    private void live(ObjectNode pod) {
        List<ContainerLife> lives = new ArrayList<>();
        Tree.items(pod, "spec", "containers").forEach(container -> lives.add(lifeOf(pod, container)));
        lives.stream()
                .flatMap(life -> life.changesAt().stream())
                .min(Instant::compareTo)
                .ifPresent(this::dueAt);
        ObjectNode next = pod.deepCopy();
        if (lives.stream().anyMatch(life -> life.waiting().equals("Unschedulable"))) {
            unschedulable(next);
        } else {
            schedule(next);
            describe(next, lives);
        }
        if (!next.equals(pod)) {
            store.put(Kinds.POD, next);
            announce(pod, next, lives);
        }
    }

    private void dueAt(Instant instant) {
        due = Optional.of(due.filter(instant::isAfter).orElse(instant));
    }

    private ContainerLife lifeOf(ObjectNode pod, JsonNode container) {
        Instant created = Tree.instant(pod, "metadata", "creationTimestamp");
        String missing = new PodReferences(store, pod).missing(container);
        if (!missing.isEmpty() && !runs(pod)) {
            return new ContainerLife(
                    "CreateContainerConfigError", missing, created, false, 0, Optional.empty(), Optional.empty());
        }
        return ContainerLife.at(time.now(), created, model.behaviourOf(containerOf(pod, container)));
    }

    /** What a pod refers to is read when its containers start; one that runs does not notice that it is gone. */
    private static boolean runs(ObjectNode pod) {
        return Tree.items(pod, "status", "containerStatuses")
                .anyMatch(status -> status.at("/state/running").isObject());
    }

    static PodModel.Container containerOf(ObjectNode pod, JsonNode container) {
        return new PodModel.Container(
                Tree.text(pod, "metadata", "namespace"),
                Tree.text(pod, "metadata", "name"),
                Tree.strings(pod, "metadata", "labels"),
                Tree.text(container, "name"),
                Tree.text(container, "image"),
                Tree.instant(pod, "metadata", "creationTimestamp"));
    }

    private void unschedulable(ObjectNode pod) {
        Tree.child(pod, "status").put("phase", "Pending");
        String message = "0/" + store.list(Kinds.NODE, "").size() + " nodes are available: " + troubleOf(pod);
        Conditions.set(pod, Condition.ofPod("PodScheduled", false, "Unschedulable", message), time.now(), false);
    }

    private String troubleOf(ObjectNode pod) {
        return Tree.items(pod, "spec", "containers")
                .flatMap(c -> model.behaviourOf(containerOf(pod, c)).trouble().stream())
                .filter(PodBehaviour.Unschedulable.class::isInstance)
                .map(trouble -> ((PodBehaviour.Unschedulable) trouble).message())
                .findFirst()
                .orElse("");
    }

    private void schedule(ObjectNode pod) {
        List<ObjectNode> nodes = store.list(Kinds.NODE, "");
        ObjectNode spec = Tree.child(pod, "spec");
        if (!spec.hasNonNull("nodeName") && !nodes.isEmpty()) {
            ObjectNode node = nodes.get(lastAddress % nodes.size());
            spec.put("nodeName", Tree.text(node, "metadata", "name"));
        }
        ObjectNode status = Tree.child(pod, "status");
        if (!status.hasNonNull("podIP")) {
            lastAddress++;
            String address = "10.244." + lastAddress / 250 + "." + (lastAddress % 250 + 2);
            status.put("podIP", address).put("hostIP", "127.0.0.1");
            status.putArray("podIPs").addObject().put("ip", address);
        }
        Conditions.set(pod, Condition.ofPod("PodScheduled", true, "", ""), time.now(), false);
    }

    private void describe(ObjectNode pod, List<ContainerLife> lives) {
        boolean running =
                lives.stream().anyMatch(life -> life.running() || life.last().isPresent());
        boolean ready = lives.stream().allMatch(ContainerLife::ready);
        ObjectNode status = Tree.child(pod, "status");
        status.put("phase", running ? "Running" : "Pending").put("qosClass", "Burstable");
        Tree.putIfAbsent(status, "startTime", Tree.text(pod, "metadata", "creationTimestamp"));
        String unready = "containers with unready status: " + unreadyNames(pod, lives);
        String reason = ready ? "" : "ContainersNotReady";
        String message = ready ? "" : unready;
        Conditions.set(pod, Condition.ofPod("Initialized", true, "", ""), time.now(), false);
        Conditions.set(pod, Condition.ofPod("ContainersReady", ready, reason, message), time.now(), false);
        Conditions.set(pod, Condition.ofPod("Ready", ready, reason, message), time.now(), false);
        ArrayNode statuses = status.putArray("containerStatuses");
        for (int i = 0; i < lives.size(); i++) {
            JsonNode container = Tree.at(pod, "spec", "containers").get(i);
            statuses.add(ContainerStatus.of(container, lives.get(i)));
        }
    }

    private static List<String> unreadyNames(ObjectNode pod, List<ContainerLife> lives) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            if (!lives.get(i).ready()) {
                names.add(Tree.text(Tree.at(pod, "spec", "containers").get(i), "name"));
            }
        }
        return names;
    }

    private void announce(ObjectNode before, ObjectNode pod, List<ContainerLife> lives) {
        for (int i = 0; i < lives.size(); i++) {
            ContainerLife life = lives.get(i);
            JsonNode former = Tree.at(before, "status", "containerStatuses").path(i);
            String formerReason = Tree.text(former, "state", "waiting", "reason");
            if (life.waiting().endsWith("BackOff") && !life.waiting().equals(formerReason)) {
                events.warn(Kinds.POD, pod, "BackOff", life.message());
            } else if (life.waiting().startsWith("Err") && !life.waiting().equals(formerReason)) {
                events.warn(Kinds.POD, pod, "Failed", "Failed to pull image: " + life.message());
            } else if (life.running()
                    && !life.message().isEmpty()
                    && !Tree.at(former, "state", "running").isObject()) {
                events.warn(Kinds.POD, pod, "Unhealthy", life.message());
            }
        }
    }
}
