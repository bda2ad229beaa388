package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.contract.StepRef;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object that a step applies, and where.
 *
 * @param cluster the cluster
 * @param wished the object as it is to be applied
 * @param kind how the API calls its kind
 * @param namespace its namespace; none for kinds of the cluster
 */
record Target(
        Cluster cluster,
        ObjectNode wished,
        ResourceDefinitionContext kind,
        @Nullable String namespace) {

    static List<Target> of(Cluster cluster, StepRef step, ApplyInput input) {
        return Manifest.of(step, input).stream()
                .map(object -> of(cluster, object, input.namespace()))
                .toList();
    }

    private static Target of(Cluster cluster, ObjectNode object, @Nullable String namespace) {
        var kind = Kinds.of(cluster.client(), text(object, "/apiVersion"), text(object, "/kind"));
        if (!kind.isNamespaceScoped()) {
            return new Target(cluster, object, kind, null);
        }
        String own = text(object, "/metadata/namespace");
        String where = own.isEmpty() ? cluster.namespace(namespace) : own;
        object.withObjectProperty("metadata").put("namespace", where);
        return new Target(cluster, object, kind, where);
    }

    String apiVersion() {
        return text(wished, "/apiVersion");
    }

    String name() {
        return text(wished, "/metadata/name");
    }

    String title() {
        return Manifest.title(wished);
    }

    boolean isDeployment() {
        return Manifest.isDeployment(wished);
    }

    boolean setsReplicas() {
        return isDeployment() && wished.at("/spec/replicas").isNumber();
    }

    Resource<GenericKubernetesResource> resource() {
        return Kinds.one(cluster.client(), kind, namespace, name());
    }

    Optional<ObjectNode> live() {
        return Optional.ofNullable(resource().get()).map(Trees::of);
    }

    private static String text(ObjectNode object, String pointer) {
        return object.at(pointer).asText();
    }
}
