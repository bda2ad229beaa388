package io.longwatch.sandbox.demo;

import io.longwatch.activities.decision.KeyedProof;
import io.longwatch.contract.Json;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.rehearse.ServerClock;
import io.longwatch.sandbox.rehearse.StalledTime;
import io.longwatch.sandbox.world.SandboxWorld;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Decisions;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.view.Screen;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * A release in the sandbox. Virtual time is driven from here, step by step, and stands still while people are asked: the
 * in-memory server would otherwise jump past their deadlines.
 */
final class Demo implements AutoCloseable {
    private static final Duration LEAD = Duration.ofMinutes(5);
    private static final Duration SOAK_STEP = Duration.ofMinutes(30);
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final TestWorkflowEnvironment server;
    private final ServerClock clock;
    private final SandboxWorld world;
    private final PlayedTeam team;
    private final LongwatchWorker worker;
    private final Metrics metrics;
    private final BusyActivities busy;
    private final Thread onInterrupt = new Thread(this::stop, "demo-stop");
    private volatile boolean passing;
    private boolean closed;

    private Demo(Scenario scenario) throws IOException {
        busy = new BusyActivities();
        server = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setInitialTime(Instant.now())
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build());
        clock = new ServerClock(server);
        world = SandboxWorld.start(scenario, clock);
        team = new PlayedTeam(world.slack(), clock);
        metrics = new Metrics();
        worker = new LongwatchWorker(
                team.worker(world), server.getWorkflowClient(), metrics, LongwatchWorker.Parts.ofReleases(), clock);
        worker.start();
        world.slack().receiver(team.receiver(worker));
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Starts the world and a worker in it. */
    static Demo start(Scenario scenario) throws IOException {
        return new Demo(scenario);
    }

    /** What the plan must be told in this world. */
    Map<String, String> parameters() {
        return world.parameters();
    }

    /** Runs the plan to its end, people played, showing it on a screen. */
    ReleaseRecord run(ReleasePlan plan, Map<String, Object> parameters, Screen screen) throws IOException {
        return run(plan, parameters, screen, (releases, release) -> team);
    }

    /** Runs the plan to its end, its people asked at a terminal. */
    ReleaseRecord ask(
            ReleasePlan plan, Map<String, Object> parameters, Screen screen, TypedLines typed, PrintWriter out)
            throws IOException {
        return run(
                plan,
                parameters,
                screen,
                (releases, release) -> new AskedPerson(
                        typed,
                        out,
                        PlayedTeam.PEOPLE,
                        new AsSlackWould(
                                release, new Decisions(releases), new KeyedProof(world.secret("proof-key")), clock)));
    }

    /** Who speaks for the people, once the release runs. */
    private interface Casting {
        Crew of(Releases releases, FoundRelease release);
    }

    private ReleaseRecord run(ReleasePlan plan, Map<String, Object> parameters, Screen screen, Casting casting)
            throws IOException {
        ReleaseRequest request = team.signed(request(plan, parameters));
        WorkflowClient client = server.getWorkflowClient();
        ReleaseWorkflow workflow = client.newWorkflowStub(
                ReleaseWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(request.workflowId())
                        .setTaskQueue(ReleaseWorkflow.QUEUE)
                        .setWorkflowExecutionTimeout(LONGEST)
                        .setStaticSummary(plan.title())
                        .build());
        WorkflowClient.start(workflow::run, request);
        Releases releases = new Releases(new Connection(client, "the sandbox", () -> {}));
        FoundRelease release = releases.latest(request.workflowId()).orElseThrow();
        StalledTime time = StalledTime.watch(server, request.workflowId(), () -> !passing || busy.any(), PATIENCE);
        try {
            return follow(plan, releases, release, screen, casting.of(releases, release));
        } finally {
            time.close();
        }
    }

    private ReleaseRecord follow(ReleasePlan plan, Releases releases, FoundRelease release, Screen screen, Crew crew)
            throws IOException {
        boolean learnt = false;
        while (true) {
            ReleaseRecord record = releases.seen(plan, release);
            screen.show(plan, record, clock.instant());
            if (record.state().ended()) {
                return record;
            }
            if (record.state() == ReleaseState.SOAKING && !learnt) {
                world.writeRunbook();
                learnt = true;
            }
            if (!crew.answer(record)) {
                pass(record.state() == ReleaseState.SOAKING ? SOAK_STEP : STEP);
            }
        }
    }

    private void pass(Duration step) {
        passing = true;
        server.sleep(step);
        passing = false;
    }

    private ReleaseRequest request(ReleasePlan plan, Map<String, Object> parameters) {
        Instant now = clock.instant();
        Duration earliest = plan.phases().stream()
                .map(phase -> phase.start().offset())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        String day = LocalDate.ofInstant(now, ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        return new ReleaseRequest(
                plan.service() + "-" + plan.environment() + "-" + day + "-1",
                plan,
                PlanDigest.of(plan, parameters),
                parameters,
                PlayedTeam.REQUESTER,
                now,
                now.plus(earliest.abs()).plus(LEAD),
                false,
                null,
                List.of("plan/v1"),
                false);
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyGoingDown) {
            return;
        }
    }

    private synchronized void stop() {
        if (!closed) {
            closed = true;
            worker.close();
            server.close();
            world.close();
            metrics.close();
        }
    }
}
