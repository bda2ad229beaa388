package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who owns an object, and the collection of what lost its owner. */
final class Owners {
    private Owners() {}

    static boolean isOwnedBy(JsonNode object, String uid) {
        return Tree.items(object, "metadata", "ownerReferences")
                .anyMatch(owner -> Tree.text(owner, "uid").equals(uid));
    }

    static void setController(ObjectNode object, Kind ownerKind, JsonNode owner) {
        Tree.child(object, "metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", ownerKind.apiVersion())
                .put("kind", ownerKind.name())
                .put("name", Tree.text(owner, "metadata", "name"))
                .put("uid", Tree.text(owner, "metadata", "uid"))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    /** Deletes objects whose owners, or whose namespace, are gone. */
    static void collect(ObjectStore store) {
        Set<String> alive = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        for (Kind kind : Kinds.ALL) {
            store.list(kind, "").forEach(object -> alive.add(Tree.text(object, "metadata", "uid")));
        }
        store.list(Kinds.NAMESPACE, "").forEach(n -> namespaces.add(Tree.text(n, "metadata", "name")));
        for (Kind kind : Kinds.ALL) {
            for (ObjectNode object : store.list(kind, "")) {
                List<JsonNode> owners =
                        Tree.items(object, "metadata", "ownerReferences").toList();
                boolean orphaned = !owners.isEmpty()
                        && owners.stream().noneMatch(owner -> alive.contains(Tree.text(owner, "uid")));
                boolean homeless =
                        kind.namespaced() && !namespaces.contains(Tree.text(object, "metadata", "namespace"));
                if (orphaned || homeless) {
                    store.remove(ObjectKey.of(kind, object));
                }
            }
        }
    }
}
