package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How an object is deleted.
 *
 * @param uid only the object with this uid; empty for any
 * @param resourceVersion only at this resource version; empty for any
 * @param orphans whether what it owns stays
 * @param dryRun whether nothing is stored
 */
record DeleteOptions(String uid, String resourceVersion, boolean orphans, boolean dryRun) {
    static DeleteOptions of(JsonNode body, boolean dryRun) {
        return new DeleteOptions(
                Tree.text(body, "preconditions", "uid"),
                Tree.text(body, "preconditions", "resourceVersion"),
                Tree.text(body, "propagationPolicy").equals("Orphan"),
                dryRun || !body.path("dryRun").isEmpty());
    }

    void check(ObjectKey key, ObjectNode live) {
        String liveUid = Tree.text(live, "metadata", "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw ApiError.precondition(key, "UID", uid, liveUid);
        }
        String liveVersion = Tree.text(live, "metadata", "resourceVersion");
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(liveVersion)) {
            throw ApiError.precondition(key, "ResourceVersion", resourceVersion, liveVersion);
        }
    }
}
