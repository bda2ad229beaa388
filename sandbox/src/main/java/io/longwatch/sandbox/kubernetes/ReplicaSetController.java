package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes and deletes pods so that each ReplicaSet has as many as it asks for, and reports on them. */
final class ReplicaSetController implements Controller {
    private final ObjectStore store;
    private final ModelTime time;
    private Optional<Instant> due = Optional.empty();

    ReplicaSetController(ObjectStore store, ModelTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public Optional<Instant> due() {
        return due;
    }

    @Override
    public void reconcile() {
        due = Optional.empty();
        store.list(Kinds.REPLICA_SET, "").forEach(this::reconcile);
    }

    private void reconcile(ObjectNode replicaSet) {
        List<ObjectNode> pods = Pods.ownedBy(store, replicaSet);
        int wanted = Tree.integer(replicaSet, 1, "spec", "replicas");
        for (int i = pods.size(); i < wanted; i++) {
            store.create(Kinds.POD, podOf(replicaSet));
        }
        if (pods.size() > wanted) {
            pods.stream()
                    .sorted(Pods.firstToGo())
                    .limit(pods.size() - (long) wanted)
                    .forEach(pod -> store.remove(ObjectKey.of(Kinds.POD, pod)));
        }
        report(replicaSet, Pods.ownedBy(store, replicaSet));
    }

    private static ObjectNode podOf(ObjectNode replicaSet) {
        JsonNode template = Tree.at(replicaSet, "spec", "template");
        ObjectNode pod = Tree.object();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        String prefix = Tree.text(replicaSet, "metadata", "name") + "-";
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("name", prefix + ResourceApi.randomSuffix())
                .put("generateName", prefix)
                .put("namespace", Tree.text(replicaSet, "metadata", "namespace"));
        for (String name : new String[] {"labels", "annotations"}) {
            JsonNode values = Tree.at(template, "metadata", name);
            if (values.isObject()) {
                metadata.set(name, values);
            }
        }
        pod.set("spec", template.path("spec").deepCopy());
        Owners.setController(pod, Kinds.REPLICA_SET, replicaSet);
        return pod;
    }

    private void report(ObjectNode replicaSet, List<ObjectNode> pods) {
        Duration minReady = Duration.ofSeconds(Tree.integer(replicaSet, 0, "spec", "minReadySeconds"));
        int ready = 0;
        int available = 0;
        for (ObjectNode pod : pods) {
            if (Pods.isReady(pod)) {
                ready++;
                if (Pods.isAvailable(pod, minReady, time.now())) {
                    available++;
                } else {
                    dueAt(Pods.availableAt(pod, minReady));
                }
            }
        }
        ObjectNode status = Tree.child(replicaSet, "status");
        status.put("replicas", pods.size())
                .put("fullyLabeledReplicas", pods.size())
                .put("readyReplicas", ready)
                .put("availableReplicas", available)
                .put("observedGeneration", Tree.integer(replicaSet, 1, "metadata", "generation"));
        store.put(Kinds.REPLICA_SET, replicaSet);
    }

    private void dueAt(Instant instant) {
        due = Optional.of(due.filter(instant::isAfter).orElse(instant));
    }
}
