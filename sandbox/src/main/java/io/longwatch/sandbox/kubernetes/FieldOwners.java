package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns which fields of an object: its {@code metadata.managedFields}. */
final class FieldOwners {
    private static final List<String> NOT_TRACKED = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName",
            "selfLink",
            "managedFields");

    private record Owned(FieldSet fields, String since) {}

    private final Map<Manager, Owned> owners = new LinkedHashMap<>();

    static FieldOwners of(@Nullable ObjectNode object) {
        FieldOwners found = new FieldOwners();
        if (object != null) {
            Tree.items(object, "metadata", "managedFields")
                    .forEach(entry -> found.owners.put(
                            Manager.of(entry),
                            new Owned(FieldSet.decode(entry.path("fieldsV1")), Tree.text(entry, "time"))));
        }
        return found;
    }

    /** As a writer says who owns what; those of the live object where it says nothing. */
    static FieldOwners written(ObjectNode live, ObjectNode next) {
        boolean says = Tree.items(next, "metadata", "managedFields").iterator().hasNext();
        return of(says ? next : live);
    }

    /** The part of an object whose fields are owned: without identity and what the server sets. */
    static ObjectNode tracked(ObjectNode object) {
        ObjectNode tracked = object.deepCopy();
        tracked.remove(List.of("apiVersion", "kind"));
        if (tracked.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(NOT_TRACKED);
            if (metadata.isEmpty()) {
                tracked.remove("metadata");
            }
        }
        return tracked;
    }

    FieldSet of(Manager manager) {
        Owned owned = owners.get(manager);
        return owned == null ? FieldSet.NONE : owned.fields();
    }

    /** Fields of a set that other managers own, by manager. */
    Map<Manager, FieldSet> others(Manager manager, FieldSet fields) {
        Map<Manager, FieldSet> found = new LinkedHashMap<>();
        owners.forEach((other, owned) -> {
            FieldSet shared = owned.fields().and(fields);
            if (!other.equals(manager) && !shared.isEmpty()) {
                found.put(other, shared);
            }
        });
        return found;
    }

    boolean othersReach(Manager manager, FieldPath path) {
        return owners.entrySet().stream()
                .anyMatch(e ->
                        !e.getKey().equals(manager) && e.getValue().fields().reaches(path));
    }

    void take(Manager manager, FieldSet fields, Instant now) {
        FieldSet former = of(manager);
        Owned owned = owners.get(manager);
        String since = owned != null && former.equals(fields) ? owned.since() : Tree.time(now);
        owners.put(manager, new Owned(fields, since));
    }

    /** Takes fields away from all but one manager. */
    void release(FieldSet fields, Manager except) {
        owners.replaceAll((manager, owned) ->
                manager.equals(except) ? owned : new Owned(owned.fields().without(fields), owned.since()));
    }

    /** An update takes over what it writes, without asking. */
    void update(Manager manager, FieldChanges changes, Instant now) {
        FieldSet touched = changes.written().with(changes.removed());
        if (!touched.isEmpty()) {
            release(touched, manager);
            take(manager, of(manager).with(changes.written()).without(changes.removed()), now);
        }
    }

    void writeTo(ObjectNode object) {
        ArrayNode entries = Tree.array();
        owners.forEach((manager, owned) -> {
            if (!owned.fields().isEmpty()) {
                entries.add(entry(manager, owned));
            }
        });
        Tree.child(object, "metadata").set("managedFields", entries);
    }

    private static JsonNode entry(Manager manager, Owned owned) {
        ObjectNode entry = Tree.object();
        entry.put("manager", manager.name())
                .put("operation", manager.operation())
                .put("apiVersion", manager.apiVersion())
                .put("time", owned.since())
                .put("fieldsType", "FieldsV1")
                .set("fieldsV1", owned.fields().encode());
        if (!manager.subresource().isEmpty()) {
            entry.put("subresource", manager.subresource());
        }
        return entry;
    }
}
