package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects with a resource version that grows with every change, and the changes for those who watch. Callers hold the
 * stand-in's lock; what goes in and out is copied.
 */
final class ObjectStore {
    private static final int KEPT_EVENTS = 20_000;

    private final ModelTime time;
    private final Map<ObjectKey, ObjectNode> objects =
            new TreeMap<>(Comparator.comparing((ObjectKey key) -> key.kind().resource())
                    .thenComparing(ObjectKey::namespace)
                    .thenComparing(ObjectKey::name));
    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private final List<Consumer<StoreEvent>> listeners = new ArrayList<>();
    private long revision = 1000;
    private long forgottenUpTo = 1000;

    ObjectStore(ModelTime time) {
        this.time = time;
    }

    long revision() {
        return revision;
    }

    Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(ObjectNode::deepCopy);
    }

    ObjectNode get(ObjectKey key) {
        return find(key).orElseThrow(() -> ApiError.notFound(key));
    }

    /** Objects of a kind, in one namespace or, where that is empty, in all. */
    List<ObjectNode> list(Kind kind, String namespace) {
        return objects.entrySet().stream()
                .filter(e -> e.getKey().kind().equals(kind)
                        && (namespace.isEmpty() || e.getKey().namespace().equals(namespace)))
                .map(e -> e.getValue().deepCopy())
                .toList();
    }

    /** Stores a new object, with an identity of its own. */
    ObjectNode create(Kind kind, ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        ObjectKey key = ObjectKey.of(kind, stored);
        if (objects.containsKey(key)) {
            throw ApiError.alreadyExists(key);
        }
        ObjectNode metadata = Tree.child(stored, "metadata");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Tree.time(time.now()));
        if (stored.has("spec")) {
            metadata.put("generation", 1);
        }
        commit(key, stored, null);
        return stored.deepCopy();
    }

    /** Stores a new state of an object. One that changes nothing keeps its resource version and is not seen by watches. */
    ObjectNode put(Kind kind, ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        ObjectKey key = ObjectKey.of(kind, stored);
        ObjectNode before = objects.get(key);
        if (before == null) {
            throw ApiError.notFound(key);
        }
        ObjectNode metadata = Tree.child(stored, "metadata");
        metadata.set("resourceVersion", before.path("metadata").path("resourceVersion"));
        if (!stored.equals(before)) {
            commit(key, stored, before);
        }
        return stored.deepCopy();
    }

    void remove(ObjectKey key) {
        ObjectNode removed = objects.remove(key);
        if (removed != null) {
            ObjectNode last = removed.deepCopy();
            revision++;
            Tree.child(last, "metadata").put("resourceVersion", Long.toString(revision));
            publish(new StoreEvent(revision, key.kind(), removed, last, true));
        }
    }

    private void commit(ObjectKey key, ObjectNode stored, @Nullable ObjectNode before) {
        revision++;
        Tree.child(stored, "metadata").put("resourceVersion", Long.toString(revision));
        objects.put(key, stored);
        publish(new StoreEvent(revision, key.kind(), before, stored, false));
    }

    private void publish(StoreEvent event) {
        events.addLast(event);
        if (events.size() > KEPT_EVENTS) {
            forgottenUpTo = events.removeFirst().revision();
        }
        List.copyOf(listeners).forEach(listener -> listener.accept(event));
    }

    /** Changes after a resource version, or 410 when they are no longer kept. */
    List<StoreEvent> eventsSince(long since) {
        if (since < forgottenUpTo) {
            throw ApiError.expired(since, forgottenUpTo);
        }
        return events.stream().filter(event -> event.revision() > since).toList();
    }

    /** Forgets all changes up to now, as an API server does after some minutes. */
    void compact() {
        events.clear();
        forgottenUpTo = revision;
    }

    void listen(Consumer<StoreEvent> listener) {
        listeners.add(listener);
    }

    void unlisten(Consumer<StoreEvent> listener) {
        listeners.remove(listener);
    }
}
