package io.longwatch.activities.kubernetes;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.contract.Failures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Deployments of a cluster, with their ReplicaSets and pods. */
final class Deployments {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String HASH = "pod-template-hash";

    private static final Pattern DIGEST = Pattern.compile("(@sha256:[0-9a-f]{12})[0-9a-f]{52}$");

    private final Cluster cluster;
    private final String namespace;

    Deployments(Cluster cluster, @Nullable String namespace) {
        this.cluster = cluster;
        this.namespace = cluster.namespace(namespace);
    }

    String namespace() {
        return namespace;
    }

    Optional<Deployment> find(String name) {
        return Optional.ofNullable(cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    Deployment get(String name) {
        return find(name)
                .orElseThrow(() ->
                        Failures.notFound("Deployment '" + name + "' does not exist in namespace '" + namespace + "'"));
    }

    List<ReplicaSet> replicaSets(Deployment deployment) {
        var all = cluster.client().apps().replicaSets().inNamespace(namespace);
        return all.withLabelSelector(deployment.getSpec().getSelector()).list().getItems().stream()
                .filter(set -> isOwned(set, deployment))
                .toList();
    }

    List<Pod> pods(Deployment deployment) {
        var all = cluster.client().pods().inNamespace(namespace);
        return all.withLabelSelector(deployment.getSpec().getSelector()).list().getItems();
    }

    /** Why pods are not there. */
    RolloutReasons reasons() {
        return new RolloutReasons(new WarningEvents(cluster, namespace));
    }

    /** The ReplicaSet that is, or once was, the given revision. */
    Optional<ReplicaSet> at(Deployment deployment, long revision) {
        return replicaSets(deployment).stream()
                .filter(set -> wasRevision(set, revision))
                .findFirst();
    }

    static Optional<ReplicaSet> newest(List<ReplicaSet> sets) {
        return sets.stream().max(Comparator.comparingLong(set -> Objects.requireNonNullElse(revision(set), 0L)));
    }

    static @Nullable Long revision(HasMetadata object) {
        String revision = annotation(object, REVISION);
        return revision == null ? null : Long.valueOf(revision);
    }

    static boolean wasRevision(ReplicaSet set, long revision) {
        String history = annotation(set, HISTORY);
        return Objects.equals(revision(set), revision)
                || (history != null && Arrays.asList(history.split(",", -1)).contains(Long.toString(revision)));
    }

    static int replicas(Deployment deployment) {
        return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    }

    static List<String> images(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getImage)
                .toList();
    }

    /** Its images, a digest no longer than people read. */
    static String imagesInWords(Deployment deployment) {
        return images(deployment).stream()
                .map(image -> DIGEST.matcher(image).replaceFirst("$1"))
                .collect(joining(", "));
    }

    /** The pod template of a ReplicaSet, as it stood in the Deployment. */
    static PodTemplateSpec template(ReplicaSet set) {
        return new PodTemplateSpecBuilder(set.getSpec().getTemplate())
                .editOrNewMetadata()
                .removeFromLabels(HASH)
                .endMetadata()
                .build();
    }

    private static boolean isOwned(HasMetadata object, Deployment deployment) {
        String uid = deployment.getMetadata().getUid();
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return uid == null || owners.stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    private static @Nullable String annotation(HasMetadata object, String name) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(name);
    }
}
