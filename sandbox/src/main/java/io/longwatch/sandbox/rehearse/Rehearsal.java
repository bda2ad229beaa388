package io.longwatch.sandbox.rehearse;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.TimeoutFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Runs a plan's release in virtual time, every action simulated. One rehearsal, one server. */
public final class Rehearsal {
    private static final Duration LONGEST = Duration.ofDays(60);
    private static final Duration PATIENCE = Duration.ofMillis(1600);
    private static final Duration LEAD = Duration.ofMinutes(5);
    private static final Duration SLOWEST_TASK = Duration.ofMinutes(1);
    private static final int MOST_REAL_MINUTES = 5;
    private static final int QUERIES = 20;
    private static final Duration BETWEEN_QUERIES = Duration.ofMillis(250);

    // Many rehearsals at once on few processors: a slow workflow task is no deadlock.
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(Duration.ofMinutes(1).toMillis())
            .build();

    private final ReleasePlan plan;
    private final Map<String, Object> parameters;

    /**
     * @param plan a loaded plan
     * @param parameters its parameters' values
     */
    public Rehearsal(ReleasePlan plan, Map<String, Object> parameters) {
        this.plan = plan;
        this.parameters = parameters;
    }

    /**
     * How a rehearsal went.
     *
     * @param plan as it was run: without the expectations that no simulated result meets
     * @param record what the release knew of itself at its end
     * @param history of the workflow
     * @param warnings what could not be simulated
     */
    public record Outcome(
            ReleasePlan plan, ReleaseRecord record, WorkflowExecutionHistory history, List<String> warnings) {
        public Outcome {
            warnings = List.copyOf(warnings);
        }

        /** Events of a type in the history. */
        public long events(EventType type) {
            return history.getEvents().stream()
                    .filter(event -> event.getEventType() == type)
                    .count();
        }
    }

    ReleasePlan plan() {
        return plan;
    }

    /** Runs the release to its end, or to a question that stays open for ever. */
    public Outcome run(Scenario scenario) {
        try (Stage stage = Stage.open()) {
            return run(stage, scenario);
        }
    }

    /**
     * Runs the release to its end.
     *
     * @param stage a stage on which nothing has run yet
     */
    public Outcome run(Stage stage, Scenario scenario) {
        TestWorkflowEnvironment server = stage.server();
        Clock clock = new ServerClock(server);
        ReleaseRequest request = request(stage.now());
        Simulation simulation = new Simulation(request, Contracts.catalog());
        ReleaseRequest met = request.withPlan(simulation.met(plan));
        WorkflowClient client = server.getWorkflowClient();
        PlayedPeople people = new PlayedPeople(client, met.release(), scenario, clock);
        SimulatedActions actions = new SimulatedActions(Contracts.catalog(), simulation, scenario, met.plan(), people);
        LastPage lastPage = new LastPage();
        SimulatedWatch watch = new SimulatedWatch(actions, clock);
        work(server, actions, watch, lastPage);
        server.start();
        ReleaseWorkflow workflow = client.newWorkflowStub(ReleaseWorkflow.class, options(met));
        WorkflowClient.start(workflow::run, met);
        StalledTime time = StalledTime.watch(server, met.workflowId(), () -> actions.busy() || watch.busy(), PATIENCE);
        String last;
        try {
            last = finish(client, met, met.workflowId(), time);
        } finally {
            time.close();
        }
        ReleaseRecord record = lastPage.of(last)
                .or(people::leftOpen)
                .orElseGet(() -> recordOf(client.newWorkflowStub(ReleaseWorkflow.class, last)));
        return new Outcome(met.plan(), record, client.fetchHistory(met.workflowId()), simulation.warnings());
    }

    /** Waits for the release's end; returns the workflow in which it ended. */
    private static String finish(WorkflowClient client, ReleaseRequest request, String workflowId, StalledTime time) {
        try {
            time.follow(workflowId);
            ReleaseOutcome outcome = client.newUntypedWorkflowStub(workflowId)
                    .getResult(MOST_REAL_MINUTES, TimeUnit.MINUTES, ReleaseOutcome.class);
            String next = outcome.continuedIn();
            return next == null ? workflowId : finish(client, request, next, time);
        } catch (WorkflowFailedException e) {
            if (e.getCause() instanceof TimeoutFailure) {
                throw new IllegalStateException("virtual time ran past the end of " + request.release(), e);
            }
            return workflowId; // how it ended stands in its record
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the rehearsal of " + request.release() + " did not end within " + MOST_REAL_MINUTES + " minutes",
                    e);
        }
    }

    /** A closed workflow is replayed for its query, which the in-memory server at times asks too early. */
    private static ReleaseRecord recordOf(ReleaseWorkflow workflow) {
        for (int attempt = 1; attempt < QUERIES; attempt++) {
            try {
                return workflow.record();
            } catch (WorkflowQueryException askedTooEarly) {
                LockSupport.parkNanos(BETWEEN_QUERIES.toNanos());
            }
        }
        return workflow.record();
    }

    private static void work(
            TestWorkflowEnvironment server, SimulatedActions actions, SimulatedWatch watch, LedgerActivities ledger) {
        Worker workflows = server.newWorker(ReleaseWorkflow.QUEUE, PATIENT);
        workflows.registerWorkflowImplementationTypes(ReleaseRun.class);
        workflows.registerActivitiesImplementations(new EveryoneMayDecide(), ledger, watch.state());
        Worker activities = server.newWorker(actions.queue());
        activities.registerActivitiesImplementations(actions, watch);
    }

    private static WorkflowOptions options(ReleaseRequest request) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowExecutionTimeout(LONGEST)
                .setWorkflowTaskTimeout(SLOWEST_TASK)
                .build();
    }

    private ReleaseRequest request(Instant now) {
        Duration earliest = plan.phases().stream()
                .map(phase -> phase.start().offset())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        Instant deployAt = now.plus(earliest.isNegative() ? earliest.negated() : Duration.ZERO)
                .plus(LEAD);
        String day = LocalDate.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        return new ReleaseRequest(
                plan.service() + "-" + plan.environment() + "-" + day + "-1",
                plan,
                PlanDigest.of(plan, parameters),
                parameters,
                "rehearsal",
                now,
                deployAt,
                false,
                null,
                ReleaseRequest.NEEDED,
                false);
    }

    /** In a rehearsal every played person may decide. */
    private static final class EveryoneMayDecide implements DecisionActivities {
        @Override
        public Judgement judge(StepRef step, Decision decision) {
            String role = decision.who().replace("played ", "");
            return new Judgement(true, decision.who(), decision.who(), List.of(role), null, Judgement.NAMESPACE);
        }
    }
}
