package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The changes of a collection as one client sees them: an object that comes to match its selectors is added, one that no
 * longer does is deleted.
 */
final class WatchStream {
    private final ObjectStore store;
    private final ObjectKey collection;
    private final Predicate<ObjectNode> selected;
    private final Consumer<String> sink;
    private final Consumer<StoreEvent> listener = this::pass;

    WatchStream(ObjectStore store, ObjectKey collection, ApiRequest request, Consumer<String> sink) {
        this.store = store;
        this.collection = collection;
        LabelSelector labels = LabelSelector.parse(request.query("labelSelector"));
        FieldSelector fields = FieldSelector.parse(request.query("fieldSelector"));
        this.selected = object -> labels.matches(object) && fields.matches(object);
        this.sink = sink;
    }

    /**
     * Sends what happened since a resource version, or without one all that is there, and from then on every change.
     * False if that version is too old, which is sent as an error: there is nothing to follow.
     */
    boolean open(String resourceVersion) {
        if (resourceVersion.isEmpty() || resourceVersion.equals("0")) {
            store.list(collection.kind(), collection.namespace()).stream()
                    .filter(object -> inCollection(object) && selected.test(object))
                    .forEach(object -> send("ADDED", object));
        } else {
            try {
                store.eventsSince(Long.parseLong(resourceVersion)).forEach(this::pass);
            } catch (ApiError e) {
                send("ERROR", e.status());
                return false;
            }
        }
        store.listen(listener);
        return true;
    }

    void close() {
        store.unlisten(listener);
    }

    private void pass(StoreEvent event) {
        if (!event.kind().equals(collection.kind()) || !inCollection(event.after())) {
            return;
        }
        boolean before = event.before() != null && selected.test(event.before());
        boolean after = !event.deleted() && selected.test(event.after());
        if (after) {
            send(before ? "MODIFIED" : "ADDED", event.after());
        } else if (before) {
            send("DELETED", event.after());
        }
    }

    private boolean inCollection(ObjectNode object) {
        ObjectKey key = ObjectKey.of(collection.kind(), object);
        return (collection.namespace().isEmpty() || collection.namespace().equals(key.namespace()))
                && (collection.name().isEmpty() || collection.name().equals(key.name()));
    }

    private void send(String type, ObjectNode object) {
        ObjectNode event = Tree.object().put("type", type);
        event.set("object", object);
        sink.accept(event.toString());
    }
}
