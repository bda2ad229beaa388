package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.Contracts;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

class LongwatchWorkerTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "cache");

    @TempDir
    private Path folder;

    private final Metrics metrics = new Metrics();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setMetricsScope(metrics.scope())
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .build());
    private LongwatchWorker worker;

    @BeforeEach
    void startWorker() throws Exception {
        start("environments: {production: {}}\nlisten: {port: 0}");
    }

    private void start(String text) throws Exception {
        WorkerConfig config = WorkerConfigFile.parse(text, "worker.yaml");
        var parts = new LongwatchWorker.Parts(
                List.of(OneStep.class, SlowToLoad.class, ReleaseRun.class), context -> List.of(new Odd()));
        worker = new LongwatchWorker(config, temporal.getWorkflowClient(), metrics, parts, Clock.systemUTC());
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.close();
        temporal.close();
        metrics.close();
    }

    @Test
    void aStepRunsOnTheQueueOfItsEnvironmentAndLogLinesNameIt() {
        // When
        String seen = run("odd.describe");

        // Then
        assertThat(seen).isEqualTo("odd.describe bridge-production-20261121-1 production cache 1");
    }

    @Test
    void aTaskThatTakesAWhileToLoadItsClassesIsNotTakenForStuck() {
        // Given
        var slow = temporal.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Slow",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .build());

        // When
        String workflowId = slow.start().getWorkflowId();
        slow.getResult(Void.class);

        // Then
        assertThat(temporal.getWorkflowClient().fetchHistory(workflowId).getEvents())
                .extracting(HistoryEvent::getEventType)
                .doesNotContain(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
                .contains(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED);
    }

    @Test
    void anActionThatNobodyKnowsFailsAtOnceAndIsNamed() {
        // When / Then
        assertThatThrownBy(() -> run("teleport.beam")).satisfies(failure -> {
            assertThat(applicationFailure(failure).getType()).isEqualTo(Failures.UNSUPPORTED);
            assertThat(applicationFailure(failure).getOriginalMessage()).contains("'teleport.beam'");
        });
    }

    @Test
    void aResultOverItsBudgetFailsAndSaysHowLargeItIs() {
        // When / Then
        assertThatThrownBy(() -> run("odd.boast")).satisfies(failure -> {
            assertThat(applicationFailure(failure).getType()).isEqualTo(Failures.UNRECORDABLE);
            assertThat(applicationFailure(failure).getOriginalMessage()).contains("has 9002 bytes and may have 8192");
        });
    }

    @Test
    void whatAWindowReturnsMayBeLarger() {
        // When
        String seen = run("odd.watch");

        // Then
        assertThat(seen).hasSize(9000);
    }

    @Test
    void theTextOfAForeignExceptionStaysOutOfTheHistory() {
        // When / Then
        assertThatThrownBy(() -> run("odd.leak")).satisfies(failure -> {
            ApplicationFailure found = applicationFailure(failure);
            assertThat(found.getType()).isEqualTo("Unexpected");
            assertThat(found.isNonRetryable()).isFalse();
            assertThat(found.getOriginalMessage())
                    .contains("java.lang.IllegalStateException at LongwatchWorkerTest.java:")
                    .doesNotContain("hunter2");
            assertThat(found.getCause()).isNull();
        });
    }

    @Test
    void itTellsThatItLivesAndIsReady() throws Exception {
        // When
        var live = get("/health/live");
        var ready = get("/health/ready");

        // Then
        assertThat(live.statusCode()).as(live.body()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aServerThatIsGoneMakesItUnreadyAndNotDead() throws Exception {
        // When
        temporal.close();

        // Then
        var ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"status\":\"not ready\"").contains("the Temporal server does not answer");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void itsMetricsAreThoseOfTheLibraryAndItsOwn() throws Exception {
        // Given
        run("odd.watch");
        run("odd.undo");

        // When
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(get("/metrics").body())
                        .contains("temporal_request_total")
                        .contains("temporal_activity_execution_latency_seconds_count"));
        String page = get("/metrics").body();

        // Then
        assertThat(page)
                .contains("longwatch_window_verdicts_total{environment=\"production\",verdict=\"passed\"} 1.0")
                .contains("longwatch_undos_total{environment=\"production\",outcome=\"reverted\"} 1.0")
                .contains("longwatch_polling{kind=\"activity\",queue=\"longwatch.production\"} 1.0")
                .contains("longwatch_polling{kind=\"workflow\",queue=\"longwatch\"} 1.0")
                .contains("longwatch_releases{environment=\"production\",state=\"SOAKING\"} NaN")
                .contains("longwatch_look_lateness_seconds_count{environment=\"production\"} 0");
        assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    }

    @Test
    void anUndoThatFailsForGoodIsCounted() throws Exception {
        // When
        assertThatThrownBy(() -> run("odd.broken.undo")).isInstanceOf(WorkflowException.class);

        // Then
        assertThat(get("/metrics").body())
                .contains("longwatch_undos_total{environment=\"production\",outcome=\"failed\"} 1.0");
    }

    @Test
    void theEndOfAReleaseIsCounted() throws Exception {
        // Given
        ReleaseRequest request = requestThatRequires("teleportation");

        // When
        var outcome = release(request).run(request);

        // Then
        assertThat(outcome.state()).isEqualTo(ReleaseState.ABORTED);
        assertThat(get("/metrics").body())
                .contains("longwatch_releases_ended_total{environment=\"production\",state=\"ABORTED\"} 1.0");
    }

    @Test
    void aQuestionIsCountedAndHowLongItWasOpen() throws Exception {
        // Given
        ReleaseRequest request = requestThatAsks();

        // When
        var outcome = release(request).run(request);

        // Then
        assertThat(outcome.state()).isEqualTo(ReleaseState.ABORTED);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(samples("longwatch_questions_asked_total"))
                        .singleElement()
                        .asString()
                        .contains("environment=\"production\"", "kind=\"gate\"")
                        .endsWith("} 1.0"));
        assertThat(samples("longwatch_question_waiting_seconds_count"))
                .singleElement()
                .asString()
                .contains("environment=\"production\"", "kind=\"gate\"", "end=\"deadline\"")
                .endsWith("} 1");
        // Virtual time runs on a little while workers are at work.
        assertThat(samples("longwatch_question_waiting_seconds_sum"))
                .singleElement()
                .extracting(sample -> Double.parseDouble(sample.substring(sample.lastIndexOf(' '))))
                .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
                .isBetween(600.0, 660.0);
    }

    @Test
    void eachEnvironmentTellsWhetherItIsConnectedToSlack() throws Exception {
        // Given
        Path token = Files.writeString(folder.resolve("token"), "xoxb-test");
        worker.close();

        // When
        start("""
                environments: {production: {}, staging: {}}
                listen: {port: 0}
                slack: {botToken: {file: '%1$s'}, appToken: {file: '%1$s'}, baseUrl: 'http://127.0.0.1:1/api/'}
                """.formatted(token));

        // Then
        assertThat(samples("longwatch_slack_connected"))
                .containsExactlyInAnyOrder(
                        "longwatch_slack_connected{environment=\"production\"} 0.0",
                        "longwatch_slack_connected{environment=\"staging\"} 0.0");
    }

    @Test
    void aReleaseThatIsNotWholeInTheLedgerIsCounted() throws Exception {
        // Given
        worker.close();
        start("""
                environments: {production: {}}
                listen: {port: 0}
                ledger: {url: 'jdbc:postgresql://127.0.0.1:1/ledger', user: longwatch}
                """);
        ReleaseRequest request = requestThatAsks();

        // When
        release(request).run(request);

        // Then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(samples("longwatch_ledger_pages_lost_total"))
                        .singleElement()
                        .asString()
                        .contains("environment=\"production\"")
                        .endsWith("} 1.0"));
        assertThat(get("/metrics").body()).contains("longwatch_ledger_entries_lost_total 0.0");
    }

    private List<String> samples(String name) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .toList();
    }

    private ReleaseWorkflow release(ReleaseRequest request) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        ReleaseWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .setWorkflowId(request.workflowId())
                                .build());
    }

    /** A release that nobody lets go on within ten minutes. */
    private static ReleaseRequest requestThatAsks() {
        return request("""
                phases:
                  - id: decide
                    title: Decide
                    at: T-1h
                    steps:
                      - id: go
                        title: Go
                        gate: {approvals: [{role: manager}], deadline: 10m, onDeadline: abort}
                  - {id: deploy, title: Deploy, at: T, steps: [{id: cache, title: Cache, uses: redis.ping}]}
                """, List.of());
    }

    private static ReleaseRequest requestThatRequires(String feature) {
        return request("""
                phases:
                  - {id: deploy, title: Deploy, at: T, steps: [{id: cache, title: Cache, uses: redis.ping}]}
                """, List.of(feature));
    }

    private static ReleaseRequest request(String phases, List<String> requires) {
        String plan = """
                apiVersion: longwatch.io/v1
                kind: ReleasePlan
                service: bridge
                environment: production
                title: Bridge
                roles: {manager: Release manager}
                """ + phases;
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", plan, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        assertThat(loaded).isInstanceOf(LoadedPlan.Loaded.class);
        LoadedPlan.Loaded read = (LoadedPlan.Loaded) loaded;
        return new ReleaseRequest(
                STEP.release(),
                read.plan(),
                PlanDigest.of(read.plan(), read.parameters()),
                read.parameters(),
                "rita",
                Instant.EPOCH,
                Instant.EPOCH,
                true,
                null,
                requires,
                false);
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + worker.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private String run(String activity) {
        WorkflowClient client = temporal.getWorkflowClient();
        var options = WorkflowOptions.newBuilder()
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowId("test-" + activity)
                .build();
        return client.newWorkflowStub(Step.class, options).run(activity);
    }

    private static ApplicationFailure applicationFailure(Throwable failure) {
        assertThat(failure).isInstanceOf(WorkflowException.class);
        Throwable cause = failure;
        while (!(cause instanceof ApplicationFailure)) {
            cause = cause.getCause();
        }
        return (ApplicationFailure) cause;
    }

    @WorkflowInterface
    public interface Step {
        @WorkflowMethod
        String run(String activity);
    }

    /** As long as classes may take on a busy machine. */
    @WorkflowInterface
    public interface Slow {
        @WorkflowMethod(name = "Slow")
        void run();
    }

    public static final class SlowToLoad implements Slow {
        @Override
        public void run() {
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        }
    }

    public static final class OneStep implements Step {
        @Override
        public String run(String activity) {
            var options = ActivityOptions.newBuilder()
                    .setTaskQueue(ReleaseWorkflow.queueOf("production"))
                    .setStartToCloseTimeout(Duration.ofSeconds(10))
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(1).build())
                    .build();
            JsonNode found = Workflow.newUntypedActivityStub(options).execute(activity, JsonNode.class, STEP);
            return found.isTextual() ? found.asText() : found.path("summary").asText();
        }
    }

    @ActivityInterface
    public interface OddActivities {
        @ActivityMethod(name = "odd.describe")
        String describe(StepRef step);

        @ActivityMethod(name = "odd.boast")
        String boast(StepRef step);

        @ActivityMethod(name = "odd.watch")
        WindowResult watch(StepRef step);

        @ActivityMethod(name = "odd.leak")
        String leak(StepRef step);

        @ActivityMethod(name = "odd.undo")
        UndoResult undo(StepRef step);

        @ActivityMethod(name = "odd.broken.undo")
        UndoResult brokenUndo(StepRef step);
    }

    static final class Odd implements OddActivities {
        @Override
        public String describe(StepRef step) {
            return String.join(
                    " ",
                    MDC.get("activity"),
                    MDC.get("release"),
                    MDC.get("environment"),
                    MDC.get("step"),
                    MDC.get("attempt"));
        }

        @Override
        public String boast(StepRef step) {
            return "x".repeat(9000);
        }

        @Override
        public WindowResult watch(StepRef step) {
            return new WindowResult(
                    "startup",
                    Verdict.PASSED,
                    List.of(),
                    0,
                    0,
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    Instant.EPOCH,
                    "x".repeat(9000),
                    null);
        }

        @Override
        public String leak(StepRef step) {
            throw new IllegalStateException("password=hunter2");
        }

        @Override
        public UndoResult undo(StepRef step) {
            return UndoResult.reverted("back to 2 replicas");
        }

        @Override
        public UndoResult brokenUndo(StepRef step) {
            throw Failures.failed("the former revision is gone", null);
        }
    }
}
