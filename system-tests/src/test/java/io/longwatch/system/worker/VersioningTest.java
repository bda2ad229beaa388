package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.TemporalServer;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.deployment.v1.WorkerDeploymentVersion;
import io.temporal.api.enums.v1.VersionDrainageStatus;
import io.temporal.api.enums.v1.VersioningBehavior;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionVersioningInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentVersionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class VersioningTest {
    private static final String DEPLOYMENT = "longwatch";

    @TempDir
    Path folder;

    @Test
    void aPinnedReleaseStaysOnItsBuildWhileItsLooksRunOnTheNewOne() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                TinyRelease release = new TinyRelease("40s");
                Connection connection = server.connect()) {
            // Given
            Build old = new Build(server, "1.0.0", "pinned", "all");
            makeCurrent(connection, "1.0.0");
            new Starts(connection).start(release.request());
            awaitLookBy(connection, "1.0.0");

            // When
            try (Build now = new Build(server, "1.1.0", "pinned", "all")) {
                makeCurrent(connection, "1.1.0");
                old.close();
                try (Build drained = new Build(server, "1.0.0", "pinned", "workflows")) {

                    // Then
                    awaitLookBy(connection, "1.1.0");
                    assertThat(versioning(connection).getBehavior())
                            .isEqualTo(VersioningBehavior.VERSIONING_BEHAVIOR_PINNED);
                    assertThat(drainage(connection, "1.0.0"))
                            .isEqualTo(VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINING);
                    stub(connection).getResult(180, TimeUnit.SECONDS, Object.class);
                    assertThat(record(connection).state()).isEqualTo(ReleaseState.SUCCEEDED);
                    assertThat(versioning(connection).getDeploymentVersion().getBuildId())
                            .isEqualTo("1.0.0");
                    assertThat(drained.metrics()).contains("state=\"SUCCEEDED\"} 1.0");
                    assertThat(now.metrics()).contains("state=\"SUCCEEDED\"} 0.0");
                }
            }
        }
    }

    @Test
    void theAttestationsOfAPinnedReleaseStayOnItsBuildAndKeepItFromBeingDrained() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                TinyRelease release = TinyRelease.signed("6s");
                Connection connection = server.connect();
                Build old = new Build(server, "1.0.0", "pinned", "all")) {
            // Given
            makeCurrent(connection, "1.0.0");
            new Starts(connection).start(release.request());
            awaitLookBy(connection, "1.0.0");
            try (Build now = new Build(server, "1.1.0", "pinned", "all")) {
                makeCurrent(connection, "1.1.0");
                stub(connection).getResult(180, TimeUnit.SECONDS, Object.class);
                String attestations = ReleaseRequest.attestationsOf(TinyRelease.WORKFLOW_ID, TinyRelease.ID);
                ReleaseWorkflow rest = connection.client().newWorkflowStub(ReleaseWorkflow.class, attestations);
                within(60)
                        .ignoreExceptionsInstanceOf(WorkflowException.class)
                        .until(() -> !rest.record().questions().isEmpty());
                VersionDrainageStatus whileAsked = drainage(connection, "1.0.0");

                // When
                rest.decide(TinyRelease.answer(Verb.SIGN, "lead", rest.record()));
                connection.client().newUntypedWorkflowStub(attestations).getResult(180, TimeUnit.SECONDS, Object.class);

                // Then
                assertThat(whileAsked).isEqualTo(VersionDrainageStatus.VERSION_DRAINAGE_STATUS_DRAINING);
                WorkflowExecutionVersioningInfo versioning = describe(connection, attestations)
                        .getWorkflowExecutionInfo()
                        .getVersioningInfo();
                assertThat(versioning.getBehavior()).isEqualTo(VersioningBehavior.VERSIONING_BEHAVIOR_PINNED);
                assertThat(versioning.getDeploymentVersion().getBuildId()).isEqualTo("1.0.0");
                assertThat(old.metrics()).contains("state=\"SUCCEEDED\"} 1.0");
                assertThat(now.metrics()).contains("state=\"SUCCEEDED\"} 0.0");
            }
        }
    }

    @Test
    void anUpgradingReleaseGoesOnWithTheCurrentBuild() throws Exception {
        try (TemporalServer server = TemporalServer.start(folder);
                TinyRelease release = new TinyRelease("1h");
                Connection connection = server.connect();
                Build old = new Build(server, "1.0.0", "auto-upgrade", "all")) {
            // Given
            makeCurrent(connection, "1.0.0");
            new Starts(connection).start(release.request());
            awaitLookBy(connection, "1.0.0");

            // When
            try (Build now = new Build(server, "1.1.0", "auto-upgrade", "all")) {
                makeCurrent(connection, "1.1.0");
                connection
                        .client()
                        .newWorkflowStub(ReleaseWorkflow.class, TinyRelease.WORKFLOW_ID)
                        .decide(TinyRelease.decision(Verb.ABORT));
                stub(connection).getResult(180, TimeUnit.SECONDS, Object.class);

                // Then
                assertThat(versioning(connection).getBehavior())
                        .isEqualTo(VersioningBehavior.VERSIONING_BEHAVIOR_AUTO_UPGRADE);
                assertThat(versioning(connection).getDeploymentVersion().getBuildId())
                        .isEqualTo("1.1.0");
                assertThat(old.metrics()).contains("state=\"ABORTED\"} 0.0");
                assertThat(now.metrics()).contains("state=\"ABORTED\"} 1.0");
            }
        }
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(500));
    }

    /** As {@code temporal worker deployment set-current-version} does. The server knows a build once it has polled. */
    private static void makeCurrent(Connection connection, String build) {
        within(60)
                .ignoreException(StatusRuntimeException.class)
                .until(() -> service(connection)
                        .setWorkerDeploymentCurrentVersion(SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                                .setNamespace(connection.namespace())
                                .setDeploymentName(DEPLOYMENT)
                                .setBuildId(build)
                                .setIdentity("test")
                                .build())
                        .isInitialized());
    }

    private static void awaitLookBy(Connection connection, String identity) {
        within(90)
                .untilAsserted(() -> assertThat(pending(connection)).anySatisfy(activity -> {
                    assertThat(activity.getActivityType().getName()).isEqualTo("soak.watch");
                    assertThat(activity.getLastWorkerIdentity()).isEqualTo(identity);
                }));
    }

    private static List<PendingActivityInfo> pending(Connection connection) {
        return describe(connection).getPendingActivitiesList();
    }

    private static WorkflowExecutionVersioningInfo versioning(Connection connection) {
        return describe(connection).getWorkflowExecutionInfo().getVersioningInfo();
    }

    private static DescribeWorkflowExecutionResponse describe(Connection connection) {
        return describe(connection, TinyRelease.WORKFLOW_ID);
    }

    private static DescribeWorkflowExecutionResponse describe(Connection connection, String workflowId) {
        return service(connection)
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build());
    }

    private static VersionDrainageStatus drainage(Connection connection, String build) {
        return service(connection)
                .describeWorkerDeploymentVersion(DescribeWorkerDeploymentVersionRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .setDeploymentVersion(WorkerDeploymentVersion.newBuilder()
                                .setDeploymentName(DEPLOYMENT)
                                .setBuildId(build))
                        .build())
                .getWorkerDeploymentVersionInfo()
                .getDrainageInfo()
                .getStatus();
    }

    private static WorkflowServiceBlockingStub service(Connection connection) {
        return connection.client().getWorkflowServiceStubs().blockingStub().withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static WorkflowStub stub(Connection connection) {
        return connection.client().newUntypedWorkflowStub(TinyRelease.WORKFLOW_ID);
    }

    private static ReleaseRecord record(Connection connection) {
        return connection
                .client()
                .newWorkflowStub(ReleaseWorkflow.class, TinyRelease.WORKFLOW_ID)
                .record();
    }
}
