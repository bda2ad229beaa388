package io.longwatch.sandbox.rehearse;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.soak.SoakActions;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Runs a plan's release in virtual time, every action simulated. One rehearsal, one server. */
public final class Rehearsal {
    private static final Duration LONGEST = Duration.ofDays(60);
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final Duration LEAD = Duration.ofMinutes(5);

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

    /** How a rehearsal went. */
    public record Outcome(ReleaseRecord record, WorkflowExecutionHistory history, List<String> warnings) {
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

    /** Runs the release to its end. */
    public Outcome run(Scenario scenario) {
        Instant now = Instant.now();
        try (TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance(options(now))) {
            Clock clock = new ServerClock(server);
            ReleaseRequest request = request(now);
            Simulation simulation = new Simulation(request, Contracts.catalog());
            ReleaseRequest met = withPlan(request, simulation.met(plan));
            WorkflowClient client = server.getWorkflowClient();
            PlayedPeople people = new PlayedPeople(client, met.release(), scenario, clock);
            SimulatedActions actions =
                    new SimulatedActions(Contracts.catalog(), simulation, scenario, met.plan(), clock, people);
            work(server, clock, actions);
            server.start();
            ReleaseWorkflow workflow = client.newWorkflowStub(ReleaseWorkflow.class, options(met));
            WorkflowClient.start(workflow::run, met);
            StalledTime time = StalledTime.watch(server, met.workflowId(), actions::busy, PATIENCE);
            try {
                finish(client, met);
            } finally {
                time.close();
            }
            return new Outcome(workflow.record(), client.fetchHistory(met.workflowId()), simulation.warnings());
        }
    }

    private static void finish(WorkflowClient client, ReleaseRequest request) {
        try {
            client.newUntypedWorkflowStub(request.workflowId()).getResult(Object.class);
        } catch (WorkflowFailedException endedAsItsRecordSays) {
            return;
        }
    }

    private static void work(TestWorkflowEnvironment server, Clock clock, SimulatedActions actions) {
        Worker workflows = server.newWorker(ReleaseWorkflow.QUEUE);
        workflows.registerWorkflowImplementationTypes(ReleaseRun.class);
        workflows.registerActivitiesImplementations(new EveryoneMayDecide());
        Connections none = new Connections("rehearsal", Map.of(), Map.of());
        Worker activities = server.newWorker(actions.queue());
        activities.registerActivitiesImplementations(actions, new SoakActions(ActionContext.of(none, clock), actions));
    }

    private static TestEnvironmentOptions options(Instant now) {
        return TestEnvironmentOptions.newBuilder()
                .setInitialTime(now)
                .setWorkerFactoryOptions(QuickEnd.FACTORY)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build();
    }

    private static WorkflowOptions options(ReleaseRequest request) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setTaskQueue(ReleaseWorkflow.QUEUE)
                .setWorkflowExecutionTimeout(LONGEST)
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
                ReleaseRequest.KNOWN,
                false);
    }

    private static ReleaseRequest withPlan(ReleaseRequest request, ReleasePlan plan) {
        return new ReleaseRequest(
                request.release(),
                plan,
                request.planDigest(),
                request.parameters(),
                request.requester(),
                request.requestedAt(),
                request.deployAt(),
                request.now(),
                request.supersedes(),
                request.requires(),
                request.searchAttributes());
    }

    /** In a rehearsal every played person may decide. */
    private static final class EveryoneMayDecide implements DecisionActivities {
        @Override
        public Judgement judge(StepRef step, Decision decision) {
            String role = decision.who().replace("played ", "");
            return new Judgement(true, decision.who(), List.of(role), null, Judgement.NAMESPACE);
        }
    }
}
