package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Labels, annotations and finalizers of a live object that others gave it: a way back leaves them as they are. */
final class OthersMetadata {
    private final JsonNode live;

    OthersMetadata(JsonNode live) {
        this.live = live;
    }

    /** Gives them to the object as it was. */
    void keepIn(ObjectNode former) {
        ObjectNode metadata = former.withObjectProperty("metadata");
        keep(metadata, "labels");
        keep(metadata, "annotations");
        keepFinalizers(metadata);
    }

    private void keep(ObjectNode metadata, String map) {
        for (Map.Entry<String, JsonNode> entry : live.path("metadata").path(map).properties()) {
            if (isOthers(map, entry.getKey())) {
                metadata.withObjectProperty(map).set(entry.getKey(), entry.getValue());
            }
        }
    }

    private boolean isOthers(String map, String key) {
        return key.equals(Trees.LAST_APPLIED) || (!key.equals(Release.ANNOTATION) && !isHeld("f:" + map, "f:" + key));
    }

    private void keepFinalizers(ObjectNode metadata) {
        Set<JsonNode> kept = new LinkedHashSet<>();
        for (JsonNode finalizer : live.at("/metadata/finalizers")) {
            if (!isHeld("f:finalizers", "v:" + finalizer)) {
                kept.add(finalizer);
            }
        }
        metadata.path("finalizers").forEach(kept::add);
        if (!kept.isEmpty()) {
            metadata.putArray("finalizers").addAll(kept);
        }
    }

    /** Whether the release holds such a field of the metadata. */
    private boolean isHeld(String field, String item) {
        return StreamSupport.stream(live.at("/metadata/managedFields").spliterator(), false)
                .filter(entry -> ManagedFields.isOurs(entry.path("manager").asText()))
                .anyMatch(entry -> entry.at("/fieldsV1/f:metadata").path(field).has(item));
    }
}
