package io.longwatch.activities.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Who else keeps an object as it is, so that a change by the release would be changed back. */
final class Ownership {
    private static final ResourceDefinitionContext SCALED_OBJECT = new ResourceDefinitionContext.Builder()
            .withGroup("keda.sh")
            .withVersion("v1alpha1")
            .withKind("ScaledObject")
            .withPlural("scaledobjects")
            .withNamespaced(true)
            .build();

    private Ownership() {}

    /** The tool or controller whose marks a live object carries. */
    static Optional<String> of(JsonNode live) {
        return argo(live)
                .or(() -> label(live, "kustomize.toolkit.fluxcd.io/name").map(name -> "Flux Kustomization " + name))
                .or(() -> label(live, "helm.toolkit.fluxcd.io/name").map(name -> "Flux HelmRelease " + name))
                .or(() -> helm(live))
                .or(() -> controller(live));
    }

    /** The autoscaler that sets a Deployment's replicas. */
    static Optional<String> autoscaler(KubernetesClient client, String namespace, String deployment) {
        var autoscalers = client.autoscaling().v2().horizontalPodAutoscalers().inNamespace(namespace);
        for (var autoscaler : autoscalers.list().getItems()) {
            var target = autoscaler.getSpec().getScaleTargetRef();
            if ("Deployment".equals(target.getKind()) && deployment.equals(target.getName())) {
                return Optional.of(
                        "HorizontalPodAutoscaler " + autoscaler.getMetadata().getName() + " (at most "
                                + autoscaler.getSpec().getMaxReplicas() + " replicas)");
            }
        }
        return keda(client, namespace, deployment);
    }

    private static Optional<String> keda(KubernetesClient client, String namespace, String deployment) {
        var group = client.getApiGroup("keda.sh");
        if (group == null || !"keda.sh".equals(group.getName())) {
            return Optional.empty();
        }
        var scaled = client.genericKubernetesResources(SCALED_OBJECT).inNamespace(namespace);
        return scaled.list().getItems().stream()
                .map(Trees::of)
                .filter(object ->
                        deployment.equals(object.at("/spec/scaleTargetRef/name").asText()))
                .findFirst()
                .map(object ->
                        "KEDA ScaledObject " + object.at("/metadata/name").asText());
    }

    private static Optional<String> argo(JsonNode live) {
        return annotation(live, "argocd.argoproj.io/tracking-id")
                .map(id -> id.split(":", -1)[0])
                .or(() -> label(live, "argocd.argoproj.io/instance"))
                .or(() -> isManagedBy(live, "argocd-") ? label(live, "app.kubernetes.io/instance") : Optional.empty())
                .map(name -> "Argo CD application " + name);
    }

    private static Optional<String> helm(JsonNode live) {
        return label(live, "app.kubernetes.io/managed-by")
                .filter("Helm"::equals)
                .flatMap(helm -> annotation(live, "meta.helm.sh/release-name"))
                .map(release -> "Helm release " + release);
    }

    private static Optional<String> controller(JsonNode live) {
        return StreamSupport.stream(live.at("/metadata/ownerReferences").spliterator(), false)
                .filter(owner -> owner.path("controller").asBoolean())
                .findFirst()
                .map(owner ->
                        owner.path("kind").asText() + " " + owner.path("name").asText());
    }

    private static boolean isManagedBy(JsonNode live, String prefix) {
        return StreamSupport.stream(live.at("/metadata/managedFields").spliterator(), false)
                .anyMatch(entry -> entry.path("manager").asText().startsWith(prefix));
    }

    private static Optional<String> label(JsonNode live, String name) {
        return text(live.at("/metadata/labels").path(name));
    }

    private static Optional<String> annotation(JsonNode live, String name) {
        return text(live.at("/metadata/annotations").path(name));
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
