package io.longwatch.system.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.longwatch.actions.Contracts;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.release.StepState;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class TemporalRestartTest {
    private static final String RELEASE = "bridge-production-20261121-1";
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            channel: releases
            roles: {manager: Release manager}
            phases:
              - id: deploy
                title: Deploy
                at: T
                steps:
                  - {id: before, title: Cache before, uses: redis.ping}
                  - {id: go, title: Go or no go, gate: {approvals: [{role: manager}], deadline: 1h, onDeadline: abort}}
                  - {id: after, title: Cache after, uses: redis.ping}
            """;

    @TempDir
    Path folder;

    @Test
    void aReleaseGoesOnAfterTheServerWasKilledAndStartedAgainOnItsDatabase() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                RedisServer redis = RedisServer.start(folder);
                Connection connection = server.connect();
                Metrics metrics = new Metrics();
                LongwatchWorker worker = worker(connection, redis, metrics)) {
            // Given
            worker.start();
            new Starts(connection).start(request());
            ReleaseWorkflow release = connection
                    .client()
                    .newWorkflowStub(ReleaseWorkflow.class, ReleaseRequest.workflowId("bridge", "production"));
            awaitQuestion(release, "go");

            // When
            server.kill();
            server.restart();
            awaitQuestion(release, "go");
            release.decide(approval(release.record()));
            WorkflowStub.fromTyped(release).getResult(180, TimeUnit.SECONDS, Object.class);

            // Then
            ReleaseRecord record = release.record();
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.phases().get(0).steps())
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.PASSED));
            await().atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(connection
                                    .client()
                                    .listExecutions("ReleaseService = 'bridge' AND ReleaseStatus = 'SUCCEEDED'"))
                            .hasSize(1));
        }
    }

    private static LongwatchWorker worker(Connection connection, RedisServer redis, Metrics metrics) throws Exception {
        WorkerConfig config = WorkerConfigFile.parse("""
                environments:
                  production:
                    connections:
                      cache: {kind: redis, uri: "%s"}
                listen: {port: 0}
                """.formatted(redis.uri()), "worker.yaml");
        return new LongwatchWorker(
                config, connection.client(), metrics, LongwatchWorker.Parts.ofReleases(), Clock.systemUTC());
    }

    private static ReleaseRequest request() {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", PLAN, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        if (!(loaded instanceof LoadedPlan.Loaded plan)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        Instant now = Clock.systemUTC().instant();
        return new ReleaseRequest(
                RELEASE,
                plan.plan(),
                PlanDigest.of(plan.plan(), plan.parameters()),
                plan.parameters(),
                "rita",
                now,
                now,
                true,
                null,
                ReleaseRequest.KNOWN,
                true);
    }

    private static void awaitQuestion(ReleaseWorkflow release, String subject) {
        await("the question " + subject)
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptionsMatching(
                        e -> e instanceof WorkflowServiceException || e instanceof StatusRuntimeException)
                .until(() -> release.record().questions().stream()
                        .anyMatch(question -> question.subject().equals(subject)));
    }

    private static Decision approval(ReleaseRecord asked) {
        Instant now = Clock.systemUTC().instant();
        String shown = asked.questions().get(0).digest();
        return new Decision(
                "decision-1", RELEASE, "go", shown, Verb.APPROVE, "ada", "cli", now, "because", "seen", null, null);
    }
}
