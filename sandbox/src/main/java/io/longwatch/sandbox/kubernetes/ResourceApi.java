package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done to objects, with the preconditions, ownership of fields and generations of an API server. */
final class ResourceApi {
    static final String APPLY = "application/apply-patch+yaml";

    private final ObjectStore store;
    private final ModelTime time;

    ResourceApi(ObjectStore store, ModelTime time) {
        this.store = store;
        this.time = time;
    }

    ObjectNode get(ObjectKey key) {
        return store.get(key);
    }

    List<ObjectNode> list(Kind kind, String namespace, LabelSelector labels, FieldSelector fields) {
        return store.list(kind, namespace).stream()
                .filter(object -> labels.matches(object) && fields.matches(object))
                .toList();
    }

    ObjectNode create(Kind kind, String namespace, ObjectNode body, Writer writer) {
        ObjectNode object = identified(kind, namespace, body);
        ObjectKey key = ObjectKey.of(kind, object);
        if (store.find(key).isPresent()) {
            throw ApiError.alreadyExists(key);
        }
        return insert(key, complete(kind, object), writer, null);
    }

    private ObjectNode insert(ObjectKey key, ObjectNode object, Writer writer, @Nullable FieldOwners applied) {
        requireNamespace(key);
        Validation.check(key, null, object);
        FieldOwners owners = applied == null ? new FieldOwners() : applied;
        if (applied == null) {
            FieldChanges all = FieldChanges.between(Tree.object(), FieldOwners.tracked(object));
            owners.update(manager(key.kind(), writer, "Update", ""), all, time.now());
        }
        owners.writeTo(object);
        return writer.dryRun() ? object : store.create(key.kind(), object);
    }

    /** Replaces an object, or with a subresource that part of it. */
    ObjectNode update(ObjectKey key, ObjectNode body, Writer writer, String subresource) {
        return write(key, writer, subresource, live -> body.deepCopy());
    }

    ObjectNode patch(ObjectKey key, String mediaType, JsonNode patch, Writer writer, String subresource) {
        if (mediaType.equals(APPLY)) {
            return apply(key, (ObjectNode) patch, writer);
        }
        return write(key, writer, subresource, live -> Patches.patched(mediaType, live, patch));
    }

    /** A change that is not an apply: the writer takes over the fields it changes. */
    ObjectNode write(ObjectKey key, Writer writer, String subresource, UnaryOperator<ObjectNode> change) {
        ObjectNode live = store.get(key);
        ObjectNode wanted = change.apply(live.deepCopy());
        requireRevision(key, live, wanted);
        ObjectNode next = subresource.equals("status") ? withStatus(live, wanted) : keepingStatus(key, live, wanted);
        next = Defaults.fill(key.kind(), next);
        keepIdentity(live, next);
        Validation.check(key, live, next);
        FieldOwners owners = subresource.isEmpty() ? FieldOwners.written(live, next) : FieldOwners.of(live);
        owners.update(
                manager(key.kind(), writer, "Update", subresource),
                FieldChanges.between(FieldOwners.tracked(live), FieldOwners.tracked(next)),
                time.now());
        owners.writeTo(next);
        return store(key, live, next, writer);
    }

    private ObjectNode apply(ObjectKey key, ObjectNode body, Writer writer) {
        ObjectNode wanted = identified(key.kind(), key.namespace(), body);
        if (!ObjectKey.of(key.kind(), wanted).equals(key)) {
            throw ApiError.badRequest("name in URL does not match name in object");
        }
        Optional<ObjectNode> live = store.find(key);
        live.ifPresent(found -> requireRevision(key, found, wanted));
        if (key.kind().hasStatus()) {
            wanted.remove("status");
        }
        Tree.child(wanted, "metadata").remove(List.of("resourceVersion", "managedFields", "uid"));
        var apply = new ServerSideApply(manager(key.kind(), writer, "Apply", ""), writer.force(), time.now());
        ObjectNode next = apply.apply(key, live.orElse(null), wanted, object -> complete(key.kind(), object));
        if (live.isEmpty()) {
            return insert(key, next, writer, FieldOwners.of(next));
        }
        keepIdentity(live.get(), next);
        Validation.check(key, live.get(), next);
        return store(key, live.get(), next, writer);
    }

    private ObjectNode store(ObjectKey key, ObjectNode live, ObjectNode next, Writer writer) {
        if (!specOf(live).equals(specOf(next))) {
            ObjectNode metadata = Tree.child(next, "metadata");
            metadata.put("generation", Tree.integer(live, 0, "metadata", "generation") + 1);
        }
        if (writer.dryRun()) {
            return next;
        }
        ObjectNode stored = store.put(key.kind(), next);
        if (stored.at("/metadata/deletionTimestamp").isTextual()
                && stored.at("/metadata/finalizers").isEmpty()) {
            store.remove(key);
        }
        return stored;
    }

    ObjectNode delete(ObjectKey key, DeleteOptions options) {
        ObjectNode live = store.get(key);
        options.check(key, live);
        if (options.dryRun()) {
            return live;
        }
        if (options.orphans()) {
            orphan(Tree.text(live, "metadata", "uid"));
        }
        if (Tree.at(live, "metadata", "finalizers").isEmpty()) {
            store.remove(key);
        } else {
            Tree.child(live, "metadata").put("deletionTimestamp", Tree.time(time.now()));
            store.put(key.kind(), live);
        }
        return live;
    }

    private void orphan(String owner) {
        for (Kind kind : Kinds.ALL) {
            for (ObjectNode object : store.list(kind, "")) {
                if (Owners.isOwnedBy(object, owner)) {
                    Tree.child(object, "metadata").remove("ownerReferences");
                    store.put(kind, object);
                }
            }
        }
    }

    /** With API version, kind, namespace and name as its address says, or refused. */
    private static ObjectNode identified(Kind kind, String namespace, ObjectNode body) {
        ObjectNode object = body.deepCopy();
        Tree.putIfAbsent(object, "apiVersion", kind.apiVersion());
        Tree.putIfAbsent(object, "kind", kind.name());
        if (!Tree.text(object, "apiVersion").equals(kind.apiVersion())
                || !Tree.text(object, "kind").equals(kind.name())) {
            throw ApiError.badRequest(Tree.text(object, "apiVersion") + ", Kind=" + Tree.text(object, "kind")
                    + " in the body does not match " + kind.apiVersion() + ", Kind=" + kind.name());
        }
        ObjectNode metadata = Tree.child(object, "metadata");
        if (kind.namespaced()) {
            Tree.putIfAbsent(metadata, "namespace", namespace);
            if (!Tree.text(metadata, "namespace").equals(namespace)) {
                throw ApiError.badRequest(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
        }
        if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
            metadata.put("name", Tree.text(metadata, "generateName") + randomSuffix());
        }
        return object;
    }

    static String randomSuffix() {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
        }
        return suffix.toString();
    }

    private ObjectNode complete(Kind kind, ObjectNode object) {
        return Defaults.fill(kind, object);
    }

    private void requireNamespace(ObjectKey key) {
        if (key.kind().namespaced()) {
            store.get(new ObjectKey(Kinds.NAMESPACE, "", key.namespace()));
        }
    }

    private static void requireRevision(ObjectKey key, ObjectNode live, ObjectNode wanted) {
        String asked = Tree.text(wanted, "metadata", "resourceVersion");
        if (!asked.isEmpty() && !asked.equals(Tree.text(live, "metadata", "resourceVersion"))) {
            throw ApiError.modified(key);
        }
        String uid = Tree.text(wanted, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(Tree.text(live, "metadata", "uid"))) {
            throw ApiError.precondition(key, "UID", uid, Tree.text(live, "metadata", "uid"));
        }
    }

    private static ObjectNode withStatus(ObjectNode live, ObjectNode wanted) {
        ObjectNode next = live.deepCopy();
        if (wanted.has("status")) {
            next.set("status", wanted.get("status"));
        }
        JsonNode annotations = Tree.at(wanted, "metadata", "annotations");
        if (annotations.isObject()) {
            Tree.child(next, "metadata").set("annotations", annotations);
        }
        return next;
    }

    private static ObjectNode keepingStatus(ObjectKey key, ObjectNode live, ObjectNode wanted) {
        if (key.kind().hasStatus()) {
            if (live.has("status")) {
                wanted.set("status", live.get("status"));
            } else {
                wanted.remove("status");
            }
        }
        return wanted;
    }

    private static void keepIdentity(ObjectNode live, ObjectNode next) {
        next.set("apiVersion", live.get("apiVersion"));
        next.set("kind", live.get("kind"));
        ObjectNode metadata = Tree.child(next, "metadata");
        for (String name : List.of(
                "name",
                "namespace",
                "uid",
                "resourceVersion",
                "generation",
                "creationTimestamp",
                "deletionTimestamp")) {
            JsonNode value = live.path("metadata").get(name);
            if (value == null) {
                metadata.remove(name);
            } else {
                metadata.set(name, value);
            }
        }
    }

    private static Map<String, JsonNode> specOf(ObjectNode object) {
        Map<String, JsonNode> spec = new HashMap<>();
        object.properties().forEach(e -> spec.put(e.getKey(), e.getValue()));
        spec.remove("metadata");
        spec.remove("status");
        return spec;
    }

    private static Manager manager(Kind kind, Writer writer, String operation, String subresource) {
        return new Manager(writer.manager(), operation, kind.apiVersion(), subresource);
    }
}
