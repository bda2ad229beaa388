package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.Longwatch;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.ProfileConnector;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.TemporalClients;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class SearchAttributesTest {
    private static final String NAMESPACE = "releases";

    @TempDir
    Path folder;

    @Test
    void doctorRegistersThemOnceAndReleasesAreFoundByThem() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                TinyRelease release = new TinyRelease("1h")) {
            // Given
            register(server);
            String config = """
                    temporal: {address: "%s", namespace: %s}
                    listen: {port: 0}
                    environments: {production: {}}
                    """.formatted(server.address(), NAMESPACE);
            Files.writeString(folder.resolve("worker.yaml"), config);

            // When
            String before = awaitDoctor("not registered");
            String first = awaitDoctor("search attributes  registered now", "--fix");
            String second = awaitDoctor("search attributes  registered\n", "--fix");

            // Then
            assertThat(before).contains("run again with --fix");
            assertThat(first).contains("well");
            assertThat(second).contains("well");
            findsReleases(WorkerConfigFile.parse(config, "worker.yaml"), release);
        }
    }

    private static void findsReleases(WorkerConfig config, TinyRelease release) throws Exception {
        try (Metrics metrics = new Metrics()) {
            WorkflowClient client = TemporalClients.open(config, metrics);
            try (Connection connection =
                            new Connection(client, "the server", client.getWorkflowServiceStubs()::shutdownNow);
                    LongwatchWorker worker = new LongwatchWorker(
                            config, client, metrics, LongwatchWorker.Parts.ofReleases(), Clock.systemUTC())) {
                worker.start();
                new Starts(connection).start(release.request());
                awaitFound(
                        client,
                        "ReleaseStatus = 'SOAKING' AND ReleaseEnv = 'production' AND ReleaseService = 'bridge'");
                awaitFound(client, "ReleasePhase = 'soak' AND SoakDeadline > '2020-01-01T00:00:00Z'");
                assertThat(found(client, "ReleaseEnv = 'staging'")).isEmpty();
                client.newWorkflowStub(ReleaseWorkflow.class, TinyRelease.WORKFLOW_ID)
                        .decide(TinyRelease.decision(Verb.ABORT));
                awaitFound(client, "ReleaseStatus = 'ABORTED'");
            }
        }
    }

    private static void awaitFound(WorkflowClient client, String query) {
        await(query)
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(found(client, query)).containsExactly(TinyRelease.WORKFLOW_ID));
    }

    private static List<String> found(WorkflowClient client, String query) {
        try (var releases = client.listExecutions(query)) {
            return releases.map(WorkflowExecutionMetadata::getExecution)
                    .map(io.temporal.api.common.v1.WorkflowExecution::getWorkflowId)
                    .toList();
        }
    }

    private static void register(TemporalServer server) {
        try (Connection connection = server.connect()) {
            connection
                    .client()
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .registerNamespace(RegisterNamespaceRequest.newBuilder()
                            .setNamespace(NAMESPACE)
                            .setWorkflowExecutionRetentionPeriod(com.google.protobuf.Duration.newBuilder()
                                    .setSeconds(Duration.ofDays(3).toSeconds()))
                            .build());
        }
    }

    /** A server takes seconds to know what it was told of a namespace. */
    private String awaitDoctor(String expected, String... more) {
        return await(expected)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> doctor(more), output -> output.contains(expected));
    }

    private String doctor(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        World world =
                new World(Clock.systemUTC(), ZoneOffset.UTC, Map.of(), "ada", new ProfileConnector(Map.of()), false);
        List<String> arguments = new java.util.ArrayList<>(
                List.of("doctor", "--config", folder.resolve("worker.yaml").toString()));
        arguments.addAll(List.of(more));
        String[] args = arguments.toArray(String[]::new);
        Longwatch.commandLine(world, args)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return out + "\n" + err;
    }
}
