package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.longwatch.contract.Failures;
import org.jspecify.annotations.Nullable;

/** Finds how the API calls a kind: what the client knows by itself, the rest by asking the server. */
final class Kinds {
    private Kinds() {}

    static ResourceDefinitionContext of(KubernetesClient client, String apiVersion, String kind) {
        Class<?> known = Trees.registered(apiVersion, kind);
        if (HasMetadata.class.isAssignableFrom(known)) {
            return ResourceDefinitionContext.fromResourceType(known.asSubclass(KubernetesResource.class));
        }
        APIResourceList served = client.getApiResources(apiVersion);
        if (served != null && served.getResources() != null) {
            for (var resource : served.getResources()) {
                if (kind.equals(resource.getKind()) && !resource.getName().contains("/")) {
                    return ResourceDefinitionContext.fromApiResource(apiVersion, resource);
                }
            }
        }
        throw Failures.notFound("the cluster serves no kind '" + kind + "' of '" + apiVersion
                + "'; kubectl api-resources lists those it serves");
    }

    /** One object; the namespace is left out for kinds of the cluster. */
    static Resource<GenericKubernetesResource> one(
            KubernetesClient client, ResourceDefinitionContext kind, @Nullable String namespace, String name) {
        var all = client.genericKubernetesResources(kind);
        return kind.isNamespaceScoped() && namespace != null
                ? all.inNamespace(namespace).withName(name)
                : all.withName(name);
    }

    /** One object as it is to be written. */
    static Resource<GenericKubernetesResource> wished(
            KubernetesClient client,
            ResourceDefinitionContext kind,
            @Nullable String namespace,
            GenericKubernetesResource object) {
        var all = client.genericKubernetesResources(kind);
        return kind.isNamespaceScoped() && namespace != null
                ? all.inNamespace(namespace).resource(object)
                : all.resource(object);
    }
}
