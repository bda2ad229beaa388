package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The subresource {@code scale} of a Deployment or ReplicaSet. */
final class ScaleView {
    private final ResourceApi api;

    ScaleView(ResourceApi api) {
        this.api = api;
    }

    ObjectNode get(ObjectKey key) {
        return scaleOf(api.get(key));
    }

    ObjectNode update(ObjectKey key, ObjectNode scale, Writer writer) {
        return scaleOf(api.write(key, writer, "scale", live -> scaled(live, scale)));
    }

    ObjectNode patch(ObjectKey key, String mediaType, JsonNode patch, Writer writer) {
        return scaleOf(api.write(
                key, writer, "scale", live -> scaled(live, Patches.patched(mediaType, scaleOf(live), patch))));
    }

    private static ObjectNode scaled(ObjectNode live, ObjectNode scale) {
        Tree.child(live, "spec").put("replicas", Tree.integer(scale, 0, "spec", "replicas"));
        String asked = Tree.text(scale, "metadata", "resourceVersion");
        if (!asked.isEmpty()) {
            Tree.child(live, "metadata").put("resourceVersion", asked);
        }
        return live;
    }

    private static ObjectNode scaleOf(ObjectNode object) {
        ObjectNode scale = Tree.object();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String name : new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            metadata.set(name, object.path("metadata").path(name));
        }
        scale.putObject("spec").put("replicas", Tree.integer(object, 1, "spec", "replicas"));
        scale.putObject("status")
                .put("replicas", Tree.integer(object, 0, "status", "replicas"))
                .put("selector", LabelSelector.text(Tree.at(object, "spec", "selector")));
        return scale;
    }
}
