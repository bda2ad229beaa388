package io.longwatch.system.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class StoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MOST_BYTES = 4096;
    private static final String RELEASE = "bridge-production-20261121-1";
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge ${{ params.version }}
            parameters: {version: {type: string, default: v1}, soak: {type: duration, default: 15s}}
            roles: {manager: Release manager}
            phases:
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - {id: before, title: The cache answers, uses: redis.ping, timeout: 10m}
                  - {id: go, title: "Deploy it?", gate: {approvals: [{role: manager}], deadline: 1h, onDeadline: abort}}
            soak:
              checks:
                - id: trip
                  title: Round trip
                  uses: redis.ping
                  figure: result.roundTripMillis
                  unit: ms
                  successCondition: result.answer == 'PONG'
              windows:
                - {id: first, title: The first seconds, duration: "${{ params.soak }}", interval: 2s}
            """;

    @TempDir
    Path folder;

    private TemporalServer server;
    private RedisServer redis;
    private Connection connection;
    private Metrics metrics;
    private LongwatchWorker worker;
    private ReleaseWorkflow release;
    private WorkflowStub stub;

    @BeforeEach
    void start() throws Exception {
        server = TemporalServer.start(folder);
        redis = RedisServer.start(folder);
        connection = server.connect();
        metrics = new Metrics();
        worker = new LongwatchWorker(
                WorkerConfigFile.parse("""
                        environments:
                          production:
                            connections:
                              cache: {kind: redis, uri: "%s"}
                        listen: {port: 0}
                        """.formatted(redis.uri()), "worker.yaml"),
                connection.client(),
                metrics,
                LongwatchWorker.Parts.ofReleases(),
                Clock.systemUTC());
        worker.start();
        release = connection
                .client()
                .newWorkflowStub(ReleaseWorkflow.class, ReleaseRequest.workflowId("bridge", "production"));
        stub = WorkflowStub.fromTyped(release);
    }

    @AfterEach
    void end() {
        if (worker != null) {
            worker.close();
            metrics.close();
        }
        if (connection != null) {
            connection.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void atAGateThePageSaysWhatIsAskedOfWhomAndHowToAnswer() {
        // When
        begin();
        awaitState(ReleaseState.AWAITING_DECISION);

        // Then
        assertThat(stub.describe().getStaticSummary()).isEqualTo("Bridge v2: " + RELEASE);
        assertThat(stub.describe().getStaticDetails())
                .contains("| version | v2 |")
                .as("parameters that are as the plan has them")
                .doesNotContain("| soak |");
        awaitDetails(
                "## AWAITING_DECISION: Bridge v2",
                "| Phase | Deployment, 1 of 2",
                "| Follow it | `longwatch watch " + RELEASE + "` |",
                "### Waits for Release manager until ",
                "**Deploy it?**",
                "`longwatch approve " + RELEASE + " go` (or reject, revoke)",
                "- If we roll back now: nothing that users feel has been changed yet",
                "`longwatch report " + RELEASE + "`");
        awaitListed("ReleaseService = 'bridge' AND ReleaseEnv = 'production' AND ReleasePhase = 'deploy'"
                + " AND ReleaseStatus = 'AWAITING_DECISION'");
    }

    @Test
    void whileItSoaksThePageSaysUntilWhenAndTheWatchWhatWasSeen() {
        // When
        begin();
        awaitState(ReleaseState.AWAITING_DECISION);
        release.decide(approval(release.record()));
        awaitState(ReleaseState.SOAKING);

        // Then
        awaitDetails(
                "## SOAKING: Bridge v2",
                "| Soak | The first seconds, until ",
                "- **The first seconds** open until ",
                "**approve** of `go` by ada, “all green”");
        Instant now = Clock.systemUTC().instant();
        awaitListed("ReleaseStatus = 'SOAKING' AND ReleasePhase = 'soak' AND SoakDeadline > '" + now.minusSeconds(60)
                + "' AND SoakDeadline < '" + now.plusSeconds(120) + "'");
        await("a look in words")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(pending("soak.watch").getLastFailure().getMessage())
                                .matches("look \\d+: Round trip [\\d.e-]+ ms; next look at \\S+Z"));
        assertThat(pending("soak.watch").getLastFailure().getStackTrace()).isEmpty();
    }

    @Test
    void ofAStepThatWaitsThePageSaysWhatFor() {
        // Given
        redis.close();

        // When
        begin();

        // Then
        await("what it waits for")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(pending("redis.ping").getLastFailure().getMessage())
                                .startsWith("Redis at " + redis.uri()));
        assertThat(pending("redis.ping").getLastFailure().getCause().getMessage())
                .isNotEmpty();
        awaitDetails("| Next gate | Deploy it? |", "| Phase | Deployment, 0 of 2: The cache answers |");
    }

    @Test
    void theHistoryReadsLikeThePlanAndNoTaskFails() throws Exception {
        // When
        begin();
        awaitState(ReleaseState.AWAITING_DECISION);
        release.decide(approval(release.record()));
        stub.getResult(180, TimeUnit.SECONDS, Object.class);

        // Then
        var events = connection.client().fetchHistory(release().getWorkflowId()).getEvents();
        assertThat(events)
                .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .extracting(event -> text(event.getUserMetadata().getSummary()))
                .containsExactly("The cache answers", "The first seconds");
        assertThat(events)
                .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
                .extracting(event -> text(event.getUserMetadata().getSummary()))
                .contains("deadline of: Deploy it?");
        assertThat(events)
                .noneMatch(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
                        || event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT);
        assertThat(events)
                .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED)
                .extracting(event -> event.getWorkflowExecutionUpdateCompletedEventAttributes()
                        .getOutcome()
                        .getSuccess()
                        .getPayloads(0)
                        .getData()
                        .toStringUtf8())
                .as("what the row of a decision begins with")
                .singleElement()
                .asString()
                .startsWith("{\"message\":\"'go' is settled: approve by ada");
        assertThat(events)
                .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
                .extracting(event ->
                        event.hasUserMetadata() ? text(event.getUserMetadata().getSummary()) : "")
                .contains("judge: approve of go, from ada");
        assertThat(events.subList(1, events.size()))
                .as("no payload walls but the input, which holds the plan")
                .allSatisfy(event -> assertThat(event.getSerializedSize())
                        .as(event.getEventType().name())
                        .isLessThan(MOST_BYTES));
        awaitDetails("## SUCCEEDED: Bridge v2", "- **The first seconds** PASSED, ", "looks: Round trip ");
        awaitListed("ReleaseStatus = 'SUCCEEDED' AND ReleaseService = 'bridge' AND SoakDeadline IS NULL");
    }

    @Test
    void theSearchAttributesHaveTheirTypes() {
        // When
        Map<String, IndexedValueType> known = OperatorServiceGrpc.newBlockingStub(
                        connection.client().getWorkflowServiceStubs().getRawChannel())
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace("default")
                        .build())
                .getCustomAttributesMap();

        // Then
        assertThat(known)
                .containsEntry("ReleaseService", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .containsEntry("ReleaseEnv", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .containsEntry("ReleasePhase", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .containsEntry("ReleaseStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .containsEntry("SoakDeadline", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    }

    private void begin() {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", PLAN, path -> "", Contracts.catalog(), Map.of("version", "v2"), PlanLoader.Mode.FOR_START);
        if (!(loaded instanceof LoadedPlan.Loaded plan)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        Instant now = Clock.systemUTC().instant();
        new Starts(connection)
                .start(new ReleaseRequest(
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
                        true));
    }

    private static Decision approval(ReleaseRecord asked) {
        Instant now = Clock.systemUTC().instant();
        String shown = asked.questions().get(0).digest();
        return new Decision(
                "decision-1", RELEASE, "go", shown, Verb.APPROVE, "ada", "cli", now, "all green", null, null, null);
    }

    private io.temporal.api.common.v1.WorkflowExecution release() {
        return stub.describe().getExecution();
    }

    private void awaitState(ReleaseState state) {
        await("the state " + state)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> release.record().state() == state);
    }

    private void awaitDetails(String... lines) {
        await("current details")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(details()).contains(lines).hasSizeLessThan(4000));
    }

    private String details() {
        return stub.query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    private void awaitListed(String query) {
        await(query)
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(connection.client().listExecutions(query)).hasSize(1));
    }

    private PendingActivityInfo pending(String activityType) {
        List<PendingActivityInfo> pending = stub.describe().getRawDescription().getPendingActivitiesList();
        return pending.stream()
                .filter(activity -> activity.getActivityType().getName().equals(activityType))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + activityType + ": " + pending));
    }

    private static String text(Payload payload) {
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class);
    }
}
