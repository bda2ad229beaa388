package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.actions.kubernetes.GetResult;
import io.longwatch.contract.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at objects of a kind: how many, how many ready, and the values that the step asks for. */
final class Get {
    private static final int MOST_NAMES = 20;
    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST = 5 * 1024;

    private final Cluster cluster;

    Get(Cluster cluster) {
        this.cluster = cluster;
    }

    GetResult run(GetInput input) {
        ResourceDefinitionContext kind = Kinds.of(cluster.client(), input.apiVersionOrDefault(), input.kind());
        String namespace = kind.isNamespaceScoped() ? cluster.namespace(input.namespace()) : null;
        List<ObjectNode> found = find(input, kind, namespace).stream()
                .map(Trees::of)
                .filter(object -> object.at("/metadata/deletionTimestamp").isMissingNode())
                .toList();
        int ready = (int) found.stream().filter(Get::isReady).count();
        int restarts = found.stream().mapToInt(Get::restarts).sum();
        Endpoints endpoints =
                "Service".equals(kind.getKind()) ? new Endpoints(cluster, found) : Endpoints.none(cluster);
        return new GetResult(
                found.size(),
                ready,
                found.stream().limit(MOST_NAMES).map(Get::name).toList(),
                found.size() > MOST_NAMES,
                restarts,
                items(found, input.outputsOrNone()),
                endpoints.addresses(),
                endpoints.ready(),
                summary(kind, found.size(), ready, restarts, endpoints)
                        + (found.size() > MOST_NAMES ? ", " + MOST_NAMES + " of them named" : ""));
    }

    private static String summary(
            ResourceDefinitionContext kind, int count, int ready, int restarts, Endpoints endpoints) {
        return switch (kind.getKind()) {
            case "Pod" -> ready + " of " + count + " Pods ready, " + restarts + " restarts";
            case "Service" -> count + " Service, " + endpoints.ready() + " ready endpoints, " + endpoints.addresses();
            default -> count + " " + kind.getKind() + ", " + ready + " ready";
        };
    }

    private List<GenericKubernetesResource> find(
            GetInput input, ResourceDefinitionContext kind, @Nullable String namespace) {
        if (input.name() != null) {
            GenericKubernetesResource one =
                    Kinds.one(cluster.client(), kind, namespace, input.name()).get();
            if (one == null) {
                throw Failures.notFound(input.kind() + " '" + input.name() + "' does not exist"
                        + (namespace == null ? "" : " in namespace '" + namespace + "'"));
            }
            return List.of(one);
        }
        var all = cluster.client().genericKubernetesResources(kind);
        var there = namespace == null ? all : all.inNamespace(namespace);
        return input.selector() == null
                ? there.list().getItems()
                : there.withLabelSelector(input.selector()).list().getItems();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static boolean isReady(JsonNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            String type = condition.path("type").asText();
            if (("Ready".equals(type) || "Available".equals(type))
                    && "True".equals(condition.path("status").asText())) {
                return true;
            }
        }
        return false;
    }

    private static int restarts(JsonNode object) {
        int sum = 0;
        for (JsonNode container : object.at("/status/containerStatuses")) {
            sum += container.path("restartCount").asInt();
        }
        return sum;
    }

    /** Of all objects or of none: what a plan asks of each must not pass over some. */
    private static List<Map<String, Object>> items(List<ObjectNode> found, Map<String, String> outputs) {
        if (outputs.isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> items = new ArrayList<>();
        ObjectNode all = Trees.MAPPER.createObjectNode();
        for (ObjectNode object : found) {
            ObjectNode item = all.putObject(name(object)).put("name", name(object));
            outputs.forEach((output, pointer) -> item.set(output, cut(object.at(pointer))));
            items.add(map(item));
        }
        int size = all.toString().length();
        if (size > LONGEST) {
            throw Failures.invalid("outputs of " + items.size() + " objects take " + size + " bytes, at most " + LONGEST
                    + " fit; point deeper into the object or select fewer");
        }
        return items;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(ObjectNode item) {
        return Trees.MAPPER.convertValue(item, LinkedHashMap.class);
    }

    /** What is not there is null, as in JSON. */
    private static JsonNode cut(JsonNode value) {
        if (value.isMissingNode()) {
            return Trees.MAPPER.nullNode();
        }
        return value.isTextual() && value.asText().length() > LONGEST_TEXT
                ? Trees.MAPPER.getNodeFactory().textNode(value.asText().substring(0, LONGEST_TEXT) + "…")
                : value;
    }
}
