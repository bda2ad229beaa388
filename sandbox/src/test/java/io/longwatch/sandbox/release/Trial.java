package io.longwatch.sandbox.release;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.soak.SoakActions;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.NoLedger;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.rehearse.ServerClock;
import io.longwatch.sandbox.rehearse.StalledTime;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A release in virtual time, driven from outside: its world and its people do what the test says. */
final class Trial implements AutoCloseable {
    static final String RELEASE = "bridge-production-20260504-1";
    static final Duration LEAD = Duration.ofHours(3);

    private static final Duration LONGEST = Duration.ofDays(60);

    final World world;
    final Instant deployAt;
    final ReleaseRequest request;

    private final TestWorkflowEnvironment server;
    private final ReleaseWorkflow workflow;
    private final WorkflowStub stub;
    private final StalledTime time;
    private final AtomicInteger decisions = new AtomicInteger();
    private volatile boolean passing;
    private @Nullable WorkflowFailedException failure;

    private Trial(String plan, boolean now, List<String> requires) {
        this(plan, now, requires, new NoLedger());
    }

    private Trial(String plan, boolean now, List<String> requires, LedgerActivities ledger) {
        Instant begin = Instant.parse("2026-05-04T09:00:00Z");
        server = TestWorkflowEnvironment.newInstance(options(begin));
        deployAt = begin.plus(LEAD);
        request = request(plan, begin, deployAt, now, requires);
        world = new World(this, new ServerClock(server));
        Worker workflows = server.newWorker(ReleaseWorkflow.QUEUE);
        workflows.registerWorkflowImplementationTypes(ReleaseRun.class);
        workflows.registerActivitiesImplementations(world.people(), world.working(ledger));
        Connections none = new Connections("production", Map.of(), Map.of());
        Worker activities = server.newWorker(ReleaseWorkflow.queueOf("production"));
        activities.registerActivitiesImplementations(
                world, new SoakActions(ActionContext.of(none, new ServerClock(server)), world));
        WorkflowClient client = server.getWorkflowClient();
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowExecutionTimeout(LONGEST)
                .build();
        workflow = client.newWorkflowStub(ReleaseWorkflow.class, options);
        stub = WorkflowStub.fromTyped(workflow);
        WorkflowClient.start(workflow::run, request);
        server.start();
        time = StalledTime.watch(
                server, request.workflowId(), () -> !passing || world.busy(), java.time.Duration.ofMillis(1600));
    }

    static Trial of(String plan) {
        return new Trial(plan, false, ReleaseRequest.KNOWN);
    }

    /** A release that compresses the time before T. */
    static Trial now(String plan) {
        return new Trial(plan, true, ReleaseRequest.KNOWN);
    }

    /** A release whose worker has a ledger. */
    static Trial keptIn(String plan, LedgerActivities ledger) {
        return new Trial(plan, false, ReleaseRequest.KNOWN, ledger);
    }

    static Trial requiring(String plan, String feature) {
        return new Trial(plan, false, List.of(feature));
    }

    private static ReleaseRequest request(
            String text, Instant now, Instant deployAt, boolean compressed, List<String> requires) {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", text, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_CHECK);
        if (loaded instanceof LoadedPlan.Loaded plan) {
            return new ReleaseRequest(
                    RELEASE,
                    plan.plan(),
                    PlanDigest.of(plan.plan(), plan.parameters()),
                    plan.parameters(),
                    "rita",
                    now,
                    deployAt,
                    compressed,
                    null,
                    requires,
                    false);
        }
        throw new IllegalArgumentException(loaded.toString());
    }

    private static TestEnvironmentOptions options(Instant at) {
        return TestEnvironmentOptions.newBuilder()
                .setInitialTime(at)
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setShutdownCheckInterval(Duration.ofMillis(20))
                        .build())
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build();
    }

    /** Lets virtual time pass. */
    void pass(Duration duration) {
        passing = true;
        try {
            server.sleep(duration);
        } finally {
            passing = false;
        }
    }

    /** Lets time pass, a minute at a time, until the release asks about a subject. */
    Question awaitQuestion(String subject) {
        for (int i = 0; i < 600; i++) {
            for (Question question : record().questions()) {
                if (question.subject().equals(subject)) {
                    return question;
                }
            }
            pass(Duration.ofMinutes(1));
        }
        throw new AssertionError("nothing was asked about " + subject + ": " + record());
    }

    /** Runs the release to its end and returns its record. */
    ReleaseRecord finish() {
        passing = true;
        try {
            stub.getResult(Object.class);
        } catch (WorkflowFailedException e) {
            failure = e;
        } finally {
            passing = false;
        }
        ReleaseRecord record = record();
        replay();
        return record;
    }

    /** What happened must replay: a worker may die at any instant and its successor takes the history up. */
    private void replay() {
        WorkflowExecutionHistory history = history();
        try (TestWorkflowEnvironment fresh = TestWorkflowEnvironment.newInstance(options(Instant.EPOCH))) {
            Worker worker = fresh.newWorker(ReleaseWorkflow.QUEUE);
            worker.registerWorkflowImplementationTypes(ReleaseRun.class);
            worker.replayWorkflowExecution(history);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("the history does not replay", e);
        }
    }

    /** How the workflow ended, in words. */
    String ending() {
        return failure == null ? "completed" : String.valueOf(failure.getCause());
    }

    /** How the workflow failed. */
    WorkflowFailedException failure() {
        return Objects.requireNonNull(failure);
    }

    ReleaseRecord record() {
        return workflow.record();
    }

    void cancel() {
        stub.cancel();
    }

    Decision decision(Verb verb, String subject, String who, @Nullable String digest, @Nullable String argument) {
        return new Decision(
                "decision-" + decisions.incrementAndGet(),
                RELEASE,
                subject,
                digest,
                verb,
                who,
                "cli",
                deployAt,
                "because",
                "seen",
                argument,
                null);
    }

    DecisionOutcome decide(Verb verb, String subject, String who) {
        return send(decision(verb, subject, who, null, null));
    }

    /** Says something to the release as a whole. */
    DecisionOutcome say(Verb verb) {
        return decide(verb, Decision.RELEASE, "ada");
    }

    DecisionOutcome say(Verb verb, String argument) {
        return send(decision(verb, Decision.RELEASE, "ada", null, argument));
    }

    DecisionOutcome send(Decision decision) {
        return stub.startUpdate(
                        UpdateOptions.newBuilder(DecisionOutcome.class)
                                .setUpdateName("decide")
                                .setUpdateId(decision.id() + "/" + decisions.incrementAndGet())
                                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                .build(),
                        decision)
                .getResult();
    }

    void signal(@Nullable Object decision) {
        stub.signal("decided", decision);
    }

    @Nullable
    DecisionOutcome outcome(String id) {
        return workflow.decision(id);
    }

    /** Sends what must be refused and returns "type: message" of the refusal. */
    String refused(Object decision) {
        try {
            Object outcome = stub.update("decide", Object.class, decision);
            throw new AssertionError("accepted: " + outcome);
        } catch (WorkflowUpdateException e) {
            return e.getCause() instanceof ApplicationFailure refusal
                    ? refusal.getType() + ": " + refusal.getOriginalMessage()
                    : String.valueOf(e.getCause());
        }
    }

    WorkflowExecutionHistory history() {
        return server.getWorkflowClient().fetchHistory(request.workflowId());
    }

    int events() {
        return history().getEvents().size();
    }

    /** Types of the events from the given number on. */
    List<String> eventsFrom(int first) {
        return history().getEvents().stream()
                .skip(first)
                .map(event -> event.getEventType().name().replace("EVENT_TYPE_", ""))
                .toList();
    }

    /** Activities in the order they were scheduled, as "type step". */
    List<String> scheduled() {
        return history().getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(Trial::named)
                .filter(name -> !name.startsWith("announce."))
                .toList();
    }

    private static String named(HistoryEvent event) {
        var scheduled = event.getActivityTaskScheduledEventAttributes();
        String text = scheduled.getInput().getPayloads(0).getData().toStringUtf8();
        String step = text.replaceAll(".*\"step\":\"([^\"]*)\".*", "$1");
        return scheduled.getActivityType().getName() + " " + step;
    }

    static Map<String, EffectState> ends(ReleaseRecord record) {
        Map<String, EffectState> ends = new LinkedHashMap<>();
        for (EffectRecord effect : record.effects()) {
            ends.put(effect.step(), effect.state());
        }
        return ends;
    }

    static Instant begun(Trial trial) {
        return trial.request.requestedAt();
    }

    @Override
    public void close() {
        time.close();
        server.close();
    }
}
