package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/** How a Deployment rolls out: what its spec says besides its pods and how many they are. */
final class Settings {
    /** A Deployment that was paused would not roll back if it were paused again. */
    private static final List<String> OTHERS = List.of("template", "selector", "replicas", "paused");

    private Settings() {}

    static ObjectNode of(JsonNode deployment) {
        ObjectNode spec = deployment.path("spec").deepCopy();
        return spec.remove(OTHERS);
    }

    /** The Deployment with these settings and no others. */
    static Deployment restored(Deployment live, ObjectNode settings) {
        ObjectNode tree = Trees.of(live);
        tree.withObjectProperty("spec").retain(OTHERS).setAll(settings);
        return Trees.deployment(tree);
    }
}
