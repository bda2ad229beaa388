package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseTapTest {
    private final Metrics metrics = new Metrics();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                            .setWorkerInterceptors(new ReleaseTap(metrics.meters()))
                            .build())
                    .build());

    @BeforeEach
    void start() {
        temporal.newWorker(ReleaseWorkflow.QUEUE).registerWorkflowImplementationTypes(Cancellable.class);
        temporal.start();
    }

    @AfterEach
    void stop() {
        temporal.close();
        metrics.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLED_BACK", "ABORTED"})
    void aReleaseThatIsCancelledNativelyCountsAsWhatItsRecordSays(ReleaseState end) {
        // Given
        WorkflowStub release = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        ReleaseWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .build());
        release.start(requestThatEnds(end));

        // When
        release.cancel();

        // Then
        assertThatThrownBy(() -> release.getResult(ReleaseOutcome.class))
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("longwatch_releases_ended_total")))
                .containsExactly(
                        "longwatch_releases_ended_total{environment=\"production\",state=\"" + end + "\"} 1.0");
    }

    private static ReleaseRequest requestThatEnds(ReleaseState end) {
        String plan = """
                apiVersion: longwatch.io/v1
                kind: ReleasePlan
                service: bridge
                environment: production
                title: Bridge
                roles: {manager: Release manager}
                phases:
                  - {id: deploy, title: Deploy, at: T, steps: [{id: cache, title: Cache, uses: redis.ping}]}
                """;
        LoadedPlan.Loaded read = (LoadedPlan.Loaded) PlanLoader.load(
                "plan.yaml", plan, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        return new ReleaseRequest(
                "bridge-production-20261121-1",
                read.plan(),
                PlanDigest.of(read.plan(), read.parameters()),
                read.parameters(),
                end.name(),
                Instant.EPOCH,
                Instant.EPOCH,
                true,
                null,
                List.of(),
                false);
    }

    /** A release that waits until it is cancelled; it is asked for by the state in which it then ends. */
    public static final class Cancellable implements ReleaseWorkflow {
        private final ReleaseRequest request;

        @WorkflowInit
        public Cancellable(ReleaseRequest request) {
            this.request = request;
        }

        @Override
        public ReleaseOutcome run(ReleaseRequest same) {
            Workflow.await(() -> false);
            throw new IllegalStateException("it was not cancelled");
        }

        @Override
        public DecisionOutcome decide(@Nullable Decision decision) {
            throw new UnsupportedOperationException("nobody decides here");
        }

        @Override
        public void decided(@Nullable Decision decision) {
            throw new UnsupportedOperationException("nobody decides here");
        }

        @Override
        public ReleaseRecord record() {
            return new ReleaseRecord(
                    request.release(),
                    "bridge",
                    "production",
                    "Bridge",
                    ReleaseState.valueOf(request.requester()),
                    null,
                    request.requester(),
                    request.planDigest(),
                    Map.of(),
                    false,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    null);
        }

        @Override
        public ReleaseRequest request() {
            return request;
        }

        @Override
        public @Nullable DecisionOutcome decision(String id) {
            return null;
        }
    }
}
