package io.longwatch.starter.command;

import io.longwatch.actions.Contracts;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Phase;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.Needs;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.DeployTime;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.identity.Identity;
import io.longwatch.starter.plan.PlanArgument;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Namespace;
import io.longwatch.starter.temporal.Preflight;
import io.longwatch.starter.temporal.ReleaseId;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.starter.temporal.Succession;
import io.longwatch.starter.temporal.UiPage;
import io.temporal.api.common.v1.WorkflowExecution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch start PLAN}. */
@Command(name = "start", description = "Starts a release; prints its id and its page in the Temporal UI.")
public final class StartCommand extends BaseCommand {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final PlanArgument plan = new PlanArgument();

    @Option(names = "--deploy-at", paramLabel = "TIME", description = DeployTime.FORMS)
    private @Nullable String deployAt;

    @Option(
            names = "--now",
            description =
                    "Compresses the time before T, which may be past or too near then: phases follow one another without"
                            + " waiting, and T is when those before the deployment are done.")
    private boolean now;

    @Option(
            names = "--supersedes",
            paramLabel = "ID",
            description = "Release whose place this one takes: its soak ends, what it changed stays. Only once it is"
                    + " deployed.")
    private @Nullable String supersedes;

    @Option(names = "--requester", paramLabel = "LOGIN", description = "Who asks for it; the same as --as.")
    private @Nullable String requester;

    @Option(
            names = "--unchecked",
            description = "Starts without asking a worker whether it has what the plan names and knows who asks.")
    private boolean unchecked;

    @Mixin
    private final Identity identity = new Identity();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public StartCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        Loaded loaded = plan.require(world(), Mode.FOR_START, err());
        Instant time = time(loaded.plan());
        try (Connection connection = server.connect(world().connector())) {
            Namespace namespace = new Namespace(connection);
            Releases releases = new Releases(connection);
            Optional<FoundRelease> last = latest(releases, loaded.plan());
            ReleaseRequest request =
                    signed(request(loaded, time, last, id(loaded.plan(), releases, last), isListed(namespace)));
            if (unchecked) {
                warnOfMissingWorkers(namespace, loaded.plan().environment());
            } else {
                requireWhatItNeeds(loaded, request, connection);
            }
            WorkflowExecution run = start(request, last, connection);
            tell(request, UiPage.of(connection, run, world().environment()));
            return Exit.DONE;
        }
    }

    private Instant time(ReleasePlan chosen) {
        Instant present = world().clock().instant();
        if (deployAt == null && !now) {
            throw CommandFailed.usage("say when to deploy: --deploy-at TIME, or --now", DeployTime.FORMS);
        }
        Instant earliest = present.plus(lead(chosen)).truncatedTo(ChronoUnit.SECONDS);
        if (now) {
            requireSomethingToCompress(present, earliest);
            return present.truncatedTo(ChronoUnit.SECONDS);
        }
        Instant time = DeployTime.parse(Objects.requireNonNull(deployAt), world());
        if (time.isBefore(earliest)) {
            Instant possible = earliest.plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.MINUTES);
            throw CommandFailed.usage(
                    "T = " + DeployTime.words(time, world()) + " is too near: the first phase begins "
                            + Durations.format(lead(chosen)) + " ahead of it",
                    "The earliest possible is --deploy-at " + possible
                            + "; --now compresses the time before T instead.");
        }
        return time;
    }

    private void requireSomethingToCompress(Instant present, Instant earliest) {
        if (deployAt == null) {
            return;
        }
        Instant asked = DeployTime.read(deployAt, world());
        if (asked.isAfter(present) && !asked.isBefore(earliest)) {
            throw CommandFailed.usage(
                    "--now would not wait for T = " + DeployTime.words(asked, world())
                            + ", ahead of which every phase has its time",
                    "Leave out --now to deploy then, or --deploy-at to deploy as soon as the phases before are done.");
        }
    }

    private static Duration lead(ReleasePlan plan) {
        return plan.phases().stream()
                .map(Phase::start)
                .filter(start -> start.anchor() == Phase.Anchor.DEPLOYMENT
                        && start.offset().isNegative())
                .map(start -> start.offset().negated())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Optional<FoundRelease> latest(Releases releases, ReleasePlan chosen) {
        Optional<FoundRelease> last =
                releases.latest(ReleaseRequest.workflowId(chosen.service(), chosen.environment()));
        requireSuperseded(last);
        return last;
    }

    private ReleaseId id(ReleasePlan chosen, Releases releases, Optional<FoundRelease> last) {
        return releases.unused(ReleaseId.next(
                chosen.service() + "-" + chosen.environment(),
                LocalDate.ofInstant(world().clock().instant(), ZoneOffset.UTC),
                last.map(FoundRelease::id).flatMap(ReleaseId::parse)));
    }

    private ReleaseRequest request(
            Loaded loaded, Instant time, Optional<FoundRelease> last, ReleaseId id, boolean listed) {
        ReleasePlan chosen = loaded.plan();
        Instant present = world().clock().instant();
        ReleaseRequest request = new ReleaseRequest(
                id.toString(),
                chosen,
                PlanDigest.of(chosen, loaded.parameters()),
                loaded.parameters(),
                requester(),
                present.truncatedTo(ChronoUnit.MILLIS),
                time,
                now,
                supersedes,
                ReleaseRequest.NEEDED,
                listed);
        return supersedes == null
                ? request
                : request.takingOver(last.orElseThrow().execution().getRunId());
    }

    private boolean isListed(Namespace namespace) {
        boolean listed = namespace.knowsSearchAttributes();
        if (!listed) {
            err().println("Warning: the namespace knows no search attributes of Longwatch's, as far as can be told"
                    + " from here: the release is in no filtered list and in no gauge;"
                    + " longwatch doctor --fix registers them");
        }
        return listed;
    }

    /** Who asks, who signs and who ends the former release are one person. */
    private String requester() {
        String given = requester;
        if (given != null && identity.isGiven() && !given.equals(identity.login(world()))) {
            throw CommandFailed.usage(
                    "--requester '" + given + "' and --as '" + identity.login(world()) + "' are two people",
                    "Name one: who asks for a release signs it.");
        }
        return given == null ? identity.login(world()) : given;
    }

    private ReleaseRequest signed(ReleaseRequest request) {
        return request.proved(identity.signed(request.claim(), world()).proof());
    }

    private void requireSuperseded(Optional<FoundRelease> last) {
        String former = supersedes;
        if (former != null
                && last.filter(release -> release.id().equals(former)).isEmpty()) {
            throw CommandFailed.refused(
                    "'" + former + "' cannot be superseded: "
                            + last.map(release -> "the latest release there is " + release.id())
                                    .orElse("no release of the service is known there"),
                    null);
        }
    }

    private void requireWhatItNeeds(Loaded loaded, ReleaseRequest request, Connection connection) {
        Needs needs = Needs.of(loaded.plan(), loaded.parameters(), Contracts.catalog())
                .askedBy(request.claim());
        Lacks lacks = new Preflight(connection).ask(needs);
        if (lacks.refusal() != null) {
            throw CommandFailed.refused(
                    "refused: " + lacks.refusal() + "; nothing was started",
                    "Whoever asks for a release signs it: --as LOGIN --ssh-key FILE (or LONGWATCH_SSH_KEY).");
        }
        say("Warning: ", lacks.warnings());
        if (!lacks.all().isEmpty()) {
            say("", lacks.all());
            throw CommandFailed.fellShort(
                    "the worker that serves " + needs.environment() + " lacks what the plan names; nothing was started",
                    "Add it under environments: " + needs.environment()
                            + ": or people: in the worker's configuration; doctor --config FILE tries it.");
        }
    }

    /** Each problem once, with all that have it. */
    private void say(String kind, List<Lack> lacks) {
        Map<String, List<String>> usersByProblem = new LinkedHashMap<>();
        for (Lack lack : lacks) {
            usersByProblem
                    .computeIfAbsent(lack.problem(), problem -> new ArrayList<>())
                    .add(lack.user());
        }
        usersByProblem.forEach(
                (problem, users) -> err().println(kind + problem + " (" + String.join(", ", users) + ")"));
    }

    /** Starts the release; takes the former one's place first, now that nothing else speaks against it. */
    private WorkflowExecution start(ReleaseRequest request, Optional<FoundRelease> last, Connection connection) {
        if (supersedes != null) {
            FoundRelease former = last.orElseThrow();
            Decision decision = supersede(former.id(), request.release());
            new Succession(connection).end(former, identity.signed(decision, world()));
            err().println(former.id() + " has ended; nobody watches what it left until " + request.release()
                    + " is deployed.");
        }
        return new Starts(connection).start(request);
    }

    private Decision supersede(String id, String by) {
        return new Decision(
                "cli-" + UUID.randomUUID(),
                id,
                Decision.RELEASE,
                null,
                Verb.SUPERSEDE,
                requester(),
                Decision.CLI,
                world().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                null,
                by,
                null);
    }

    private void warnOfMissingWorkers(Namespace namespace, String environment) {
        warnIfNone(namespace.pollers(ReleaseWorkflow.QUEUE, true), ReleaseWorkflow.QUEUE, "releases wait");
        String queue = ReleaseWorkflow.queueOf(environment);
        warnIfNone(namespace.pollers(queue, false), queue, "no step for " + environment + " will run");
    }

    private void warnIfNone(Optional<Integer> pollers, String queue, String until) {
        if (pollers.isPresent() && pollers.get() == 0) {
            err().println("Warning: no worker polls the queue " + queue + "; " + until
                    + " until one does: longwatch worker --config FILE");
        }
    }

    private void tell(ReleaseRequest request, Optional<String> page) {
        if (asJson) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("release", request.release());
            json.put("workflowId", request.workflowId());
            json.put("deployAt", request.deployAt());
            json.put("planDigest", request.planDigest());
            page.ifPresent(address -> json.put("page", address));
            json(json);
            return;
        }
        out().println(request.release());
        page.ifPresent(out()::println);
        page.filter(address -> !UiPage.isUp(address))
                .ifPresent(address ->
                        err().println("Nothing listens there now; LONGWATCH_UI_URL says where the Temporal UI is."));
        err().println(
                        request.now()
                                ? "T = when the phases before the deployment are done: their time is compressed"
                                : "T = " + DeployTime.words(request.deployAt(), world()));
        err().println("Follow it: longwatch watch " + request.release());
    }
}
