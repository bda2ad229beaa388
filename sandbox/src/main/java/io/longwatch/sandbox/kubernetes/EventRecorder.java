package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the Events that controllers leave about objects; the same one again is counted. */
final class EventRecorder {
    private final ObjectStore store;
    private final ModelTime time;

    EventRecorder(ObjectStore store, ModelTime time) {
        this.store = store;
        this.time = time;
    }

    void note(Kind kind, JsonNode about, String reason, String message) {
        record(kind, about, "Normal", reason, message);
    }

    void warn(Kind kind, JsonNode about, String reason, String message) {
        record(kind, about, "Warning", reason, message);
    }

    private void record(Kind kind, JsonNode about, String type, String reason, String message) {
        String namespace = Tree.text(about, "metadata", "namespace");
        String uid = Tree.text(about, "metadata", "uid");
        String name = Tree.text(about, "metadata", "name") + "." + Hashes.name(uid + reason + message);
        ObjectKey key = new ObjectKey(Kinds.EVENT, namespace, name);
        ObjectNode former = store.find(key).orElse(null);
        if (former != null) {
            former.put("count", Tree.integer(former, 1, "count") + 1).put("lastTimestamp", Tree.time(time.now()));
            store.put(Kinds.EVENT, former);
            return;
        }
        ObjectNode event = Tree.object();
        event.put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata").put("name", name).put("namespace", namespace);
        event.putObject("involvedObject")
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.name())
                .put("namespace", namespace)
                .put("name", Tree.text(about, "metadata", "name"))
                .put("uid", uid);
        event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
        event.put("firstTimestamp", Tree.time(time.now())).put("lastTimestamp", Tree.time(time.now()));
        event.putObject("source").put("component", "sandbox");
        store.create(Kinds.EVENT, event);
    }
}
