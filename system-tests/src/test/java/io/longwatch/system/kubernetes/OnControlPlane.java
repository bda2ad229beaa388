package io.longwatch.system.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.kubernetes.RolloutStatusResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.kubernetes.Attempts;
import io.longwatch.system.parts.ControlPlane;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A namespace of its own on the control plane, and the actions as a worker's account with its least rights runs them. */
@Timeout(300)
abstract class OnControlPlane {
    static final String IMAGE = "registry.test/bridge:1";
    static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "first-node");
    static final StepRef NEXT = new StepRef("bridge-production-20261128-1", "production", "first-node");
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    final ControlPlane cluster = ControlPlane.shared();
    final String namespace = newNamespace(cluster);
    final KubernetesClients clients = new KubernetesClients();
    final HastyClock clock = new HastyClock();
    final Attempts attempts = new Attempts(clock::pass);
    final KubernetesConnection connection = connection(cluster, namespace);
    final KubernetesActions kubernetes = actions(connection);

    @AfterEach
    void disconnect() {
        clients.close();
        assertThat(cluster.watches(namespace)).as("no action watches").isEmpty();
    }

    static String newNamespace(ControlPlane cluster) {
        String name = "release-" + NAMESPACES.incrementAndGet();
        cluster.createNamespace(name);
        cluster.grant(ControlPlane.LONGWATCH, name, Rights.OF_A_WORKER);
        return name;
    }

    static KubernetesConnection connection(ControlPlane cluster, String namespace) {
        return new KubernetesConnection(
                cluster.kubeconfig(ControlPlane.LONGWATCH, namespace), null, null, null, null, null, null);
    }

    static KubernetesClient admin(ControlPlane cluster, String namespace) {
        return cluster.client().adapt(NamespacedKubernetesClient.class).inNamespace(namespace);
    }

    final KubernetesActions actions(KubernetesConnection connection) {
        return new KubernetesActions(context(connection), clients);
    }

    final ActionContext context(KubernetesConnection connection) {
        return new ActionContext(
                new Connections("production", Map.of("cluster", connection), Map.of()), clock, () -> attempts);
    }

    /** Someone else, who may do everything. */
    final KubernetesClient admin() {
        return admin(cluster, namespace);
    }

    final Deployment live() {
        return admin().apps().deployments().withName("bridge").get();
    }

    static ApplyInput manifest(String text) {
        return new ApplyInput(null, text, null, null, null, null);
    }

    /** A Deployment of the name bridge, with lines for its spec and for its pods' spec. */
    static String deployment(String image, int replicas, String spec, String podSpec) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: bridge}
                spec:
                  replicas: %d
                  %s
                  selector: {matchLabels: {app: bridge}}
                  template:
                    metadata: {labels: {app: bridge}}
                    spec:
                      %s
                      containers:
                      - name: app
                        image: %s
                        ports: [{name: http, containerPort: 8080}]
                """.formatted(replicas, spec, podSpec, image);
    }

    static String deployment(String image, int replicas) {
        return deployment(image, replicas, "minReadySeconds: 0", "terminationGracePeriodSeconds: 1");
    }

    final ApplyBefore apply(StepRef step, String manifest) {
        ApplyBefore before = lookBefore(step, manifest(manifest));
        attempts.untilDone(() -> kubernetes.apply(step, manifest(manifest), before));
        return before;
    }

    final ApplyBefore lookBefore(StepRef step, ApplyInput input) {
        return attempts.untilDone(() -> kubernetes.applyBefore(step, input));
    }

    final RolloutStatusResult rollout() {
        return attempts.untilDone(this::look);
    }

    final RolloutStatusResult look() {
        return kubernetes.rolloutStatus(
                STEP, new RolloutStatusInput(null, null, "bridge", null, null, Duration.ofSeconds(5)));
    }

    static Consumer<Throwable> failure(String type) {
        return e -> assertThat(e)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(type));
    }
}
