package io.longwatch.sandbox.demo;

import io.longwatch.actions.Contracts;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Soak;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.sandbox.world.SandboxWorld;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.plan.PlanArgument;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.ReleaseId;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.starter.temporal.UiPage;
import io.longwatch.starter.view.Screen;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.temporal.api.common.v1.WorkflowExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A release in the sandbox on a real Temporal server, in real time: what {@code --ui} shows. */
final class UiDemo implements AutoCloseable {
    private static final Duration LEAD = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration AS_PLANNED = Duration.ofDays(2);
    /** People take a moment, so that what they are asked can be looked at. */
    private static final Duration THINKS_OF_A_GATE = Duration.ofSeconds(15);

    private static final Duration THINKS = Duration.ofSeconds(4);

    private final Clock clock = Clock.systemUTC();
    private final UiServer server;
    private final SandboxWorld world;
    private final PlayedTeam team;
    private final Metrics metrics;
    private final LongwatchWorker worker;
    private final Thread atTheEnd = new Thread(this::stop, "demo-stop");
    private boolean closed;

    /**
     * Starts the world and a worker in it.
     *
     * @param plan as it will run; the scenario goes wrong as much sooner as its soak is shorter than two days
     */
    UiDemo(UiServer server, Scenario scenario, ReleasePlan plan) throws IOException {
        this.server = server;
        Soak soak = plan.soak();
        Duration watched = soak == null ? AS_PLANNED : soak.length();
        world = SandboxWorld.start(scenario, AS_PLANNED.toMillis() / (double) watched.toMillis(), clock);
        team = new PlayedTeam(world.slack(), clock);
        metrics = new Metrics();
        worker = new LongwatchWorker(
                team.worker(world), server.connection().client(), metrics, LongwatchWorker.Parts.ofReleases(), clock);
        worker.start();
        world.slack().receiver(team.receiver(worker));
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /** A plan with the short durations that stand beside it, as this world needs it. */
    static LoadedPlan shortened(Path plan, Scenario scenario) {
        Path folder = Files.isDirectory(plan) ? plan : plan.resolveSibling("");
        Map<String, String> parameters = new LinkedHashMap<>(PlanArgument.valuesIn(folder.resolve("short.yaml")));
        parameters.putAll(SandboxWorld.parametersIn(scenario));
        return PlanFolder.of(plan).load(Contracts.catalog(), parameters, PlanLoader.Mode.FOR_START);
    }

    /** Starts the release; gives its page. */
    String begin(Loaded loaded) {
        ReleaseRequest request = team.signed(request(loaded));
        WorkflowExecution run = new Starts(server.connection()).start(request);
        return page(run).orElseThrow();
    }

    private Optional<String> page(WorkflowExecution run) {
        return UiPage.of(
                server.connection(), run, Map.of("TEMPORAL_UI_URL", server.ui().toString()));
    }

    /** The list of releases in the UI. */
    String list() {
        return server.ui() + "/namespaces/" + server.connection().namespace()
                + "/workflows?query=ReleaseService%20%3D%20%22biometric-bridge%22";
    }

    /** Follows the release to its end, and lets people answer. */
    ReleaseRecord follow(ReleasePlan plan, Screen screen) throws IOException {
        Releases releases = new Releases(server.connection());
        FoundRelease release = releases.latest(ReleaseRequest.workflowId(plan.service(), plan.environment()))
                .orElseThrow();
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
            List<Question> thoughtOver =
                    record.questions().stream().filter(this::thoughtOver).toList();
            team.answer(thoughtOver);
            rollBackIfAsked(thoughtOver);
            pause();
        }
    }

    /** What went wrong is not left to its deadline here, which may be hours away. */
    private void rollBackIfAsked(List<Question> questions) {
        questions.stream()
                .filter(question -> question.verbs().contains(Verb.ROLLBACK))
                .forEach(question -> team.answer(question, Verb.ROLLBACK));
    }

    private boolean thoughtOver(Question question) {
        Duration thinks = question.kind() == Question.Kind.GATE ? THINKS_OF_A_GATE : THINKS;
        return !question.askedAt().plus(thinks).isAfter(clock.instant());
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private ReleaseRequest request(Loaded loaded) {
        ReleasePlan plan = loaded.plan();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Duration lead = plan.phases().stream()
                .map(phase -> phase.start().offset().negated())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        ReleaseId id = ReleaseId.next(
                plan.service() + "-" + plan.environment(), LocalDate.ofInstant(now, ZoneOffset.UTC), Optional.empty());
        return new ReleaseRequest(
                id.toString(),
                plan,
                PlanDigest.of(plan, loaded.parameters()),
                loaded.parameters(),
                PlayedTeam.REQUESTER,
                now,
                now.plus(lead).plus(LEAD).truncatedTo(ChronoUnit.SECONDS),
                false,
                null,
                List.of("plan/v1"),
                true);
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException alreadyGoingDown) {
            return;
        }
    }

    private synchronized void stop() {
        if (!closed) {
            closed = true;
            worker.close();
            world.close();
            metrics.close();
        }
    }
}
