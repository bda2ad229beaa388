package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Objects as JSON trees. */
final class Trees {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** Annotation in which kubectl keeps its copy of the whole. */
    static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
    private static final List<String> SET_BY_SERVER =
            List.of("managedFields", "resourceVersion", "uid", "creationTimestamp", "generation", "selfLink");

    private Trees() {}

    static ObjectNode of(Object object) {
        return parse(KUBERNETES.asJson(object));
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON object: " + e.getOriginalMessage(), e);
        }
    }

    static GenericKubernetesResource resource(JsonNode tree) {
        return KUBERNETES.unmarshal(tree.toString(), GenericKubernetesResource.class);
    }

    static Deployment deployment(JsonNode tree) {
        return KUBERNETES.unmarshal(tree.toString(), Deployment.class);
    }

    static Class<?> registered(String apiVersion, String kind) {
        Class<?> known = KUBERNETES.getRegisteredKubernetesResource(apiVersion, kind);
        return known == null ? Void.class : known;
    }

    /** Without status, what the server sets, kubectl's copy of the whole, and the release's mark. */
    static ObjectNode compact(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SET_BY_SERVER);
            removeNotes(metadata);
        }
        return copy;
    }

    private static void removeNotes(ObjectNode metadata) {
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(List.of(Release.ANNOTATION, LAST_APPLIED));
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
    }
}
