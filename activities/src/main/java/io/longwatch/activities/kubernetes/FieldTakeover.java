package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.longwatch.activities.connection.Invocation;
import java.util.Optional;

/**
 * Brings what updates have written under our apply. The server keeps the two apart though their manager is the same: an
 * apply removes only what the apply before it had, so what a way back has brought would stay for good; and a scaling
 * would stand against the replicas of the next manifest, which to force would take fields from others too.
 */
final class FieldTakeover {
    private final Target target;
    private final Invocation invocation;

    FieldTakeover(Target target, Invocation invocation) {
        this.target = target;
        this.invocation = invocation;
    }

    /** The object after it; with {@code kubectl}, also what kubectl's client-side apply has written becomes ours. */
    ObjectNode run(ObjectNode live, boolean kubectl) {
        Optional<ArrayNode> ours = new FieldMerge(live, target.wished(), kubectl).entries();
        return ours.map(entries -> write(live, entries)).orElse(live);
    }

    /** A version that is replaced by an older one is a conflict; one that is tested would be an invalid request. */
    private ObjectNode write(ObjectNode live, ArrayNode entries) {
        ArrayNode patch = Trees.MAPPER.createArrayNode();
        replace(patch, "/metadata/managedFields", entries);
        replace(patch, "/metadata/resourceVersion", live.at("/metadata/resourceVersion"));
        PatchContext json = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(Release.MANAGER)
                .build();
        invocation.renew("taking over the fields of " + target.title());
        return Trees.of(target.resource().patch(json, patch.toString()));
    }

    private static void replace(ArrayNode patch, String path, JsonNode value) {
        patch.addObject().put("op", "replace").put("path", path).set("value", value);
    }
}
