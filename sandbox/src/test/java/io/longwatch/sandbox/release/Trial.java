package io.longwatch.sandbox.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.soak.SoakActions;
import io.longwatch.activities.succession.FinishedReleases;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.NoLedger;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.rehearse.ServerClock;
import io.longwatch.sandbox.rehearse.StalledTime;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A release in virtual time, driven from outside: its world and its people do what the test says. */
final class Trial implements AutoCloseable {
    static final String RELEASE = "bridge-production-20260504-1";
    static final Duration LEAD = Duration.ofHours(3);

    /** Events from which the in-memory server suggests to continue as new. */
    private static final int SUGGESTED = 4_096;

    // The first task of a process loads the expression engine and the contracts; that is no deadlock.
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
            .build();

    private static final int QUERIES = 20;
    private static final Duration BETWEEN_QUERIES = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofDays(60);

    final World world;
    final Instant deployAt;
    final ReleaseRequest request;

    private static final Set<String> WAKING = Set.of(
            "WORKFLOW_EXECUTION_STARTED",
            "WORKFLOW_EXECUTION_SIGNALED",
            "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
            "WORKFLOW_EXECUTION_CANCEL_REQUESTED",
            "ACTIVITY_TASK_COMPLETED",
            "ACTIVITY_TASK_FAILED",
            "ACTIVITY_TASK_TIMED_OUT",
            "ACTIVITY_TASK_CANCELED",
            "TIMER_FIRED");

    private final TestWorkflowEnvironment server;
    private volatile String at;
    private final StalledTime time;
    private final AtomicInteger decisions = new AtomicInteger();
    private final Worker activities;
    private volatile boolean passing;
    private @Nullable WorkflowFailedException failure;

    private Trial(String plan, boolean now, List<String> requires, @Nullable String supersedes, List<Verb> ahead) {
        this(
                plan,
                UnaryOperator.identity(),
                now,
                requires,
                supersedes,
                ahead,
                new NoLedger(),
                UnaryOperator.identity());
    }

    private Trial(
            String plan,
            UnaryOperator<ReleasePlan> pinned,
            boolean now,
            List<String> requires,
            @Nullable String supersedes,
            List<Verb> ahead,
            LedgerActivities ledger,
            UnaryOperator<ReleaseRequest> change) {
        Instant begin = Instant.parse("2026-05-04T09:00:00Z");
        server = TestWorkflowEnvironment.newInstance(options(begin));
        deployAt = begin.plus(LEAD);
        request = change.apply(request(RELEASE, plan, pinned, begin, deployAt, now, requires, supersedes));
        world = new World(this, new ServerClock(server));
        Worker workflows = server.newWorker(ReleaseWorkflow.QUEUE, PATIENT);
        workflows.registerWorkflowImplementationTypes(ReleaseRun.class);
        workflows.registerActivitiesImplementations(
                world.peopleHere(), world.working(ledger), world.seenByWatches(), new FinishedReleases());
        Connections none = new Connections("production", Map.of(), Map.of());
        activities = server.newWorker(ReleaseWorkflow.queueOf("production"));
        activities.registerActivitiesImplementations(
                world, world.people(), new SoakActions(ActionContext.of(none, new ServerClock(server)), world));
        at = request.workflowId();
        start();
        ahead.forEach(verb -> signal(decision(verb, Decision.RELEASE, "ada", null, null)));
        server.start();
        time = watch();
    }

    /** A release that takes the place of one that has ended, on the same server and in the same world. */
    private Trial(Trial former, String release, String plan) {
        former.time.close();
        server = former.server;
        world = former.world;
        activities = former.activities;
        Instant present = Instant.ofEpochMilli(server.currentTimeMillis());
        deployAt = present.plus(LEAD);
        request = request(
                        release,
                        plan,
                        UnaryOperator.identity(),
                        present,
                        deployAt,
                        true,
                        ReleaseRequest.NEEDED,
                        former.request.release())
                .takingOver(former.stub().describe().getExecution().getRunId());
        at = request.workflowId();
        start();
        time = watch();
    }

    private void start() {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowExecutionTimeout(LONGEST)
                .build();
        WorkflowClient.start(server.getWorkflowClient().newWorkflowStub(ReleaseWorkflow.class, options)::run, request);
    }

    private StalledTime watch() {
        return StalledTime.watch(server, request.workflowId(), () -> !passing || world.busy(), Duration.ofMillis(1600));
    }

    /** A newer release, which takes the place of this one that has ended. */
    Trial superseded(String by, String plan) {
        return new Trial(this, by, plan);
    }

    static Trial of(String plan) {
        return new Trial(plan, false, ReleaseRequest.NEEDED, null, List.of());
    }

    /** A release that compresses the time before T. */
    static Trial now(String plan) {
        return new Trial(plan, true, ReleaseRequest.NEEDED, null, List.of());
    }

    /** A release that is told something before a worker has taken it up. */
    static Trial toldAhead(String plan, Verb... said) {
        return new Trial(plan, true, ReleaseRequest.NEEDED, null, List.of(said));
    }

    /** A release that took the place of another. */
    static Trial superseding(String former, String plan) {
        return new Trial(plan, true, ReleaseRequest.NEEDED, former, List.of());
    }

    /** A release whose worker has a ledger. */
    static Trial keptIn(String plan, LedgerActivities ledger) {
        return new Trial(
                plan,
                UnaryOperator.identity(),
                false,
                ReleaseRequest.NEEDED,
                null,
                List.of(),
                ledger,
                UnaryOperator.identity());
    }

    /** A release whose plan was pinned by a validator that let more pass. */
    static Trial pinned(String plan, UnaryOperator<ReleasePlan> pinned) {
        return new Trial(
                plan, pinned, true, ReleaseRequest.NEEDED, null, List.of(), new NoLedger(), UnaryOperator.identity());
    }

    /** A release whose request is not as the command line would send it. */
    static Trial asked(String plan, UnaryOperator<ReleaseRequest> change) {
        return new Trial(
                plan, UnaryOperator.identity(), true, ReleaseRequest.NEEDED, null, List.of(), new NoLedger(), change);
    }

    /** A plan with other words in its JSON. */
    static UnaryOperator<ReleasePlan> with(String words, String others) {
        return plan -> {
            try {
                String json = Json.mapper().writeValueAsString(plan);
                if (!json.contains(words)) {
                    throw new IllegalArgumentException("no " + words + " in " + json);
                }
                return Json.mapper().readValue(json.replace(words, others), ReleasePlan.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    static Trial requiring(String plan, String feature) {
        return new Trial(plan, false, List.of(feature), null, List.of());
    }

    private static ReleaseRequest request(
            String release,
            String text,
            UnaryOperator<ReleasePlan> pinned,
            Instant now,
            Instant deployAt,
            boolean compressed,
            List<String> requires,
            @Nullable String supersedes) {
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", text, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_CHECK);
        if (loaded instanceof LoadedPlan.Loaded plan) {
            ReleasePlan changed = pinned.apply(plan.plan());
            return new ReleaseRequest(
                    release,
                    changed,
                    PlanDigest.of(changed, plan.parameters()),
                    plan.parameters(),
                    "rita",
                    now,
                    deployAt,
                    compressed,
                    supersedes,
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
                        .setIdentity("trial")
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build();
    }

    /**
     * Lets virtual time pass. Not to a deadline where something is said next: the in-memory server can leave an update
     * unanswered that comes beside a timer.
     */
    void pass(Duration duration) {
        passing = true;
        try {
            server.sleep(duration);
        } finally {
            passing = false;
        }
    }

    /** The environment's worker is gone: looks and actions wait for it. */
    void leave() {
        activities.suspendPolling();
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

    /** Runs the release to its end, wherever it goes on, and returns its record. */
    ReleaseRecord finish() {
        passing = true;
        try {
            awaitEnd();
        } catch (WorkflowFailedException e) {
            failure = e;
        } finally {
            passing = false;
        }
        histories().forEach(Trial::replay);
        return record();
    }

    private void awaitEnd() {
        String next = stub().getResult(ReleaseOutcome.class).continuedIn();
        if (next != null) {
            at = next;
            time.follow(next);
            awaitEnd();
        }
    }

    /** Goes on talking to the workflow in which the release goes on, if it has left its place. */
    void follow() {
        String next = record().continuedIn();
        if (next != null) {
            at = next;
            time.follow(next);
        }
    }

    private WorkflowStub stub() {
        return server.getWorkflowClient().newUntypedWorkflowStub(at);
    }

    /** What the Temporal UI shows as current details. */
    String page() {
        return stub().query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    private ReleaseWorkflow workflow() {
        return server.getWorkflowClient().newWorkflowStub(ReleaseWorkflow.class, at);
    }

    /** What happened must replay: a worker may die at any instant and its successor takes the history up. */
    static void replay(WorkflowExecutionHistory history) {
        try (TestWorkflowEnvironment fresh = TestWorkflowEnvironment.newInstance(options(Instant.EPOCH))) {
            Worker worker = fresh.newWorker(ReleaseWorkflow.QUEUE, PATIENT);
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

    /** A closed workflow is replayed for its query, which the in-memory server at times asks too early. */
    ReleaseRecord record() {
        for (int attempt = 1; attempt < QUERIES; attempt++) {
            try {
                return workflow().record();
            } catch (WorkflowQueryException askedTooEarly) {
                LockSupport.parkNanos(BETWEEN_QUERIES.toNanos());
            }
        }
        return workflow().record();
    }

    void cancel() {
        stub().cancel();
    }

    Decision decision(Verb verb, String subject, String who, @Nullable String digest, @Nullable String argument) {
        return new Decision(
                "decision-" + decisions.incrementAndGet(),
                request.release(),
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

    /** Answers what is asked about a subject, as it is shown; says it to the release as a whole where nothing is. */
    DecisionOutcome decide(Verb verb, String subject, String who) {
        return send(decision(verb, subject, who, shown(subject), null));
    }

    /** Digest of what is asked about a subject, or null. */
    @Nullable
    String shown(String subject) {
        return record().questions().stream()
                .filter(question -> question.subject().equals(subject))
                .map(Question::digest)
                .findFirst()
                .orElse(null);
    }

    /** Says something to the release as a whole. */
    DecisionOutcome say(Verb verb) {
        return send(decision(verb, Decision.RELEASE, "ada", null, null));
    }

    DecisionOutcome say(Verb verb, String argument) {
        return send(decision(verb, Decision.RELEASE, "ada", null, argument));
    }

    DecisionOutcome send(Decision decision) {
        return stub().startUpdate(
                        UpdateOptions.newBuilder(DecisionOutcome.class)
                                .setUpdateName("decide")
                                .setUpdateId(decision.id() + "/" + decisions.incrementAndGet())
                                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                .build(),
                        decision)
                .getResult();
    }

    void signal(@Nullable Object decision) {
        stub().signal("decided", decision);
    }

    /** Signals that are ignored, until the server suggests to continue as new. */
    void flood() {
        while (length() < SUGGESTED) {
            for (int i = 0; i < 100; i++) {
                signal(null);
            }
        }
    }

    private long length() {
        return server.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(server.getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(at))
                        .build())
                .getWorkflowExecutionInfo()
                .getHistoryLength();
    }

    @Nullable
    DecisionOutcome outcome(String id) {
        return workflow().decision(id);
    }

    /** Sends what must be refused and returns "type: message" of the refusal. */
    String refused(Object decision) {
        try {
            Object outcome = stub().update("decide", Object.class, decision);
            throw new AssertionError("accepted: " + outcome);
        } catch (WorkflowUpdateException e) {
            return e.getCause() instanceof ApplicationFailure refusal
                    ? refusal.getType() + ": " + refusal.getOriginalMessage()
                    : String.valueOf(e.getCause());
        }
    }

    /** The history of the present run. */
    WorkflowExecutionHistory history() {
        return server.getWorkflowClient().fetchHistory(at);
    }

    /** The histories of all runs, the first first. */
    List<WorkflowExecutionHistory> histories() {
        List<WorkflowExecutionHistory> runs = new ArrayList<>(runs(request.workflowId()));
        if (!at.equals(request.workflowId())) {
            runs.addAll(runs(at));
        }
        return runs;
    }

    private List<WorkflowExecutionHistory> runs(String workflowId) {
        LinkedList<WorkflowExecutionHistory> runs = new LinkedList<>();
        WorkflowExecutionHistory run = server.getWorkflowClient().fetchHistory(workflowId);
        runs.add(run);
        String former = former(run);
        while (!former.isEmpty()) {
            run = server.getWorkflowClient().fetchHistory(workflowId, former);
            runs.addFirst(run);
            former = former(run);
        }
        return runs;
    }

    private static String former(WorkflowExecutionHistory run) {
        return run.getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getContinuedExecutionRunId();
    }

    int events() {
        return history().getEvents().size();
    }

    /**
     * Events if everything that wakes the workflow had a workflow task of its own, three events: the most there can be.
     * How many share a task is a matter of chance.
     */
    int eventsAtMost() {
        List<String> besidesTasks = eventsFrom(0).stream()
                .filter(event -> !event.startsWith("WORKFLOW_TASK"))
                .toList();
        long waking = besidesTasks.stream().filter(WAKING::contains).count();
        return besidesTasks.size() + (int) waking * 3;
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
        return histories().stream()
                .flatMap(run -> run.getEvents().stream())
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(Trial::named)
                .filter(name -> !name.startsWith("announce.") && !name.startsWith("decision."))
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
