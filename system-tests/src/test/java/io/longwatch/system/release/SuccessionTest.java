package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.ServerProcess;
import io.longwatch.system.parts.TemporalServer;
import io.temporal.client.WorkflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A release gives its place to a newer one, which is then rolled back: on a real server, with real ReplicaSets. */
@Timeout(600)
class SuccessionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NAMESPACE = "succession";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: bridge}
            spec:
              replicas: REPLICAS
              selector: {matchLabels: {app: bridge}}
              template:
                metadata: {labels: {app: bridge}}
                spec: {containers: [{name: app, image: "IMAGE"}]}
            """;
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            roles: {manager: Release manager}
            phases:
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - id: nodes
                    title: Deploy the nodes
                    uses: kubernetes.apply
                    with:
                      manifest: {file: bridge.yaml}
                      force: true
                  - {id: rollout, title: They are ready, uses: kubernetes.rolloutStatus, with: {deployment: bridge, image: "IMAGE", stableFor: 1s}}
            soak:
              checks:
                - {id: ready, title: Ready, uses: kubernetes.rolloutStatus, with: {deployment: bridge, stableFor: 0s}, figure: result.readyReplicas, successCondition: result.readyReplicas > 0}
              windows:
                - {id: first, title: The first minutes, duration: 20m, interval: 10s}
            rollback:
              verify:
                - id: former
                  title: What stood before serves
                  uses: kubernetes.rolloutStatus
                  with: {deployment: bridge, image: "${{ steps.nodes.before.objects[0].images[0] }}", stableFor: 1s}
                  expect: result.readyReplicas == steps.nodes.before.objects[0].replicas
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final ControlPlane cluster = ControlPlane.shared();

    @Test
    void theNewerReleaseIsRolledBackToWhatStoodBeforeTheOneWhosePlaceItTook() throws Exception {
        try (TemporalServer temporal = TemporalServer.start(folder);
                Connection connection = temporal.connect()) {
            // Given
            cluster.createNamespace(NAMESPACE);
            cluster.client()
                    .resource(deployment("registry.test/bridge:1", 3))
                    .inNamespace(NAMESPACE)
                    .create();
            Longwatch shell = new Longwatch(Longwatch.installation(), made("outputs"), temporal, "default");
            try (ServerProcess worker = shell.readyWorker(configuration(temporal), PATIENCE)) {
                String former = shell.begin(plan("former", "registry.test/bridge:2", 1));
                awaitState(connection, former, ReleaseState.SOAKING);
                String newer = shell.begin(plan("newer", "registry.test/bridge:3", 2), "--supersedes", former);
                awaitState(connection, newer, ReleaseState.SOAKING);

                // When
                shell.run("rollback", newer, "--reason", "users complain").done();
                ReleaseRecord end = awaitState(connection, newer, ReleaseState.ROLLED_BACK);

                // Then
                assertThat(worker.alive()).isTrue();
                assertThat(new ObjectMapper()
                                .readTree(shell.run("status", former, "--json").out())
                                .path("state")
                                .asText())
                        .isEqualTo("SUPERSEDED");
                assertThat(end.timeline())
                        .anyMatch(note -> note.text()
                                .equals(former + " ended SUPERSEDED and left the way back of: Deploy the nodes"));
                assertThat(end.effects())
                        .singleElement()
                        .satisfies(effect -> assertThat(effect.state()).isEqualTo(EffectState.REVERTED));
                assertThat(live().getSpec().getReplicas()).isEqualTo(3);
                assertThat(live().getSpec().getTemplate().getSpec().getContainers())
                        .extracting(container -> container.getImage())
                        .containsExactly("registry.test/bridge:1");
            }
        }
    }

    private Deployment live() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("bridge")
                .get();
    }

    private static String deployment(String image, int replicas) {
        return DEPLOYMENT.replace("IMAGE", image).replace("REPLICAS", Integer.toString(replicas));
    }

    private Path plan(String name, String image, int replicas) throws IOException {
        Path plan = made(name);
        Files.writeString(plan.resolve("bridge.yaml"), deployment(image, replicas));
        return Files.writeString(plan.resolve("plan.yaml"), PLAN.replace("IMAGE", image));
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private Path configuration(TemporalServer temporal) throws IOException {
        return Files.writeString(folder.resolve("worker.yaml"), """
                temporal: {address: "%s", namespace: default}
                listen: {port: LISTEN}
                environments:
                  production:
                    connections:
                      cluster: {kind: kubernetes, kubeconfig: "%s", namespace: %s}
                """.formatted(
                        temporal.address(), cluster.kubeconfig(ControlPlane.ADMIN, NAMESPACE), NAMESPACE));
    }

    private static ReleaseRecord awaitState(Connection connection, String release, ReleaseState state) {
        ReleaseWorkflow workflow = connection
                .client()
                .newWorkflowStub(ReleaseWorkflow.class, ReleaseRequest.workflowId("bridge", "production"));
        return await(release + " " + state)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WorkflowException.class)
                .until(workflow::record, record -> record.release().equals(release) && record.state() == state);
    }
}
