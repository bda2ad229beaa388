package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ReplicaSets of one Deployment: one per template it had, with the revision it had it in. */
final class ReplicaSets {
    static final String HASH = "pod-template-hash";
    static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HISTORY = "deployment.kubernetes.io/revision-history";
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final String MOST = "deployment.kubernetes.io/max-replicas";
    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DESIRED,
            MOST,
            "deprecated.deployment.rollback.to");

    private final ObjectStore store;
    private final ObjectNode deployment;

    ReplicaSets(ObjectStore store, ObjectNode deployment) {
        this.store = store;
        this.deployment = deployment;
    }

    /** All of them, oldest first. */
    List<ObjectNode> all() {
        String uid = Tree.text(deployment, "metadata", "uid");
        return store.list(Kinds.REPLICA_SET, Tree.text(deployment, "metadata", "namespace")).stream()
                .filter(replicaSet -> Owners.isOwnedBy(replicaSet, uid))
                .sorted(Comparator.comparingInt(ReplicaSets::revision))
                .toList();
    }

    /** The one with the Deployment's present template. */
    Optional<ObjectNode> current() {
        JsonNode template = templateOf(deployment);
        return all().stream()
                .filter(replicaSet -> templateOf(replicaSet).equals(template))
                .findFirst();
    }

    List<ObjectNode> former() {
        Optional<String> current = current().map(r -> Tree.text(r, "metadata", "uid"));
        return all().stream()
                .filter(r -> !current.equals(Optional.of(Tree.text(r, "metadata", "uid"))))
                .toList();
    }

    static int revision(JsonNode replicaSet) {
        return Tree.integer(replicaSet, 0, "metadata", "annotations", REVISION);
    }

    /** Makes the one for the present template, with as many replicas. */
    ObjectNode create(int replicas) {
        ObjectNode template = templateOf(deployment);
        String hash = Hashes.name(sorted(template).toString());
        String name = Tree.text(deployment, "metadata", "name") + "-" + hash;
        ObjectNode replicaSet = Tree.object();
        replicaSet.put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode metadata = replicaSet.putObject("metadata");
        metadata.put("name", name).put("namespace", Tree.text(deployment, "metadata", "namespace"));
        ObjectNode spec = replicaSet.putObject("spec").put("replicas", replicas);
        JsonNode minReady = Tree.at(deployment, "spec", "minReadySeconds");
        if (minReady.isInt()) {
            spec.set("minReadySeconds", minReady);
        }
        spec.set("selector", Tree.at(deployment, "spec", "selector").deepCopy());
        Tree.child(spec, "selector", "matchLabels").put(HASH, hash);
        spec.set("template", template);
        Tree.child(spec, "template", "metadata", "labels").put(HASH, hash);
        metadata.set("labels", Tree.at(spec, "template", "metadata", "labels").deepCopy());
        Owners.setController(replicaSet, Kinds.DEPLOYMENT, deployment);
        annotate(replicaSet);
        return store.create(Kinds.REPLICA_SET, replicaSet);
    }

    /** Gives the current one the newest revision and the Deployment's annotations. */
    ObjectNode refresh(ObjectNode current) {
        annotate(current);
        return store.put(Kinds.REPLICA_SET, current);
    }

    private void annotate(ObjectNode replicaSet) {
        ObjectNode annotations = Tree.child(replicaSet, "metadata", "annotations");
        Tree.strings(deployment, "metadata", "annotations").forEach((name, value) -> {
            if (!NOT_COPIED.contains(name)) {
                annotations.put(name, value);
            }
        });
        RolloutBounds bounds = RolloutBounds.of(deployment);
        annotations.put(DESIRED, Integer.toString(bounds.replicas()));
        annotations.put(MOST, Integer.toString(bounds.most()));
        String former = Tree.text(annotations, REVISION);
        String uid = Tree.text(replicaSet, "metadata", "uid");
        int newest = all().stream()
                .filter(other -> !Tree.text(other, "metadata", "uid").equals(uid))
                .mapToInt(ReplicaSets::revision)
                .max()
                .orElse(0);
        if (revision(replicaSet) <= newest) {
            annotations.put(REVISION, Integer.toString(newest + 1));
            if (!former.isEmpty()) {
                String history = Tree.text(annotations, HISTORY);
                annotations.put(HISTORY, history.isEmpty() ? former : history + "," + former);
            }
        }
    }

    static int sum(List<ObjectNode> replicaSets, String... path) {
        return replicaSets.stream().mapToInt(r -> Tree.integer(r, 0, path)).sum();
    }

    /** The template without the hash that tells ReplicaSets apart, which a rollback may have brought along. */
    private static ObjectNode templateOf(ObjectNode workload) {
        ObjectNode template = Tree.child(workload.deepCopy(), "spec", "template");
        Tree.child(template, "metadata", "labels").remove(HASH);
        return template;
    }

    /** With the fields of every object in one order, so that the same template has the same hash. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode ordered = Tree.object();
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            fields.sort(Map.Entry.comparingByKey());
            fields.forEach(field -> ordered.set(field.getKey(), sorted(field.getValue())));
            return ordered;
        }
        if (node.isArray()) {
            var items = Tree.array();
            node.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return node;
    }
}
