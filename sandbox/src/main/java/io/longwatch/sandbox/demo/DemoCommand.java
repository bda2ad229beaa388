package io.longwatch.sandbox.demo;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.Durations;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.report.Boxes;
import io.longwatch.report.ReleaseReport;
import io.longwatch.report.StatusJson;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.view.Paragraph;
import io.longwatch.starter.view.Screen;
import io.longwatch.starter.view.Style;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longwatch demo}: a release from beginning to end, in a minute, on this machine alone. */
@Command(
        name = "demo",
        description = "Runs a whole release in the sandbox: real actions, 48 hours in virtual time, people played.",
        footer = {
            "",
            "Scenarios, and how the release ends in each:",
            "  none: SUCCEEDED",
            "      Nothing goes wrong",
            "  leak: ROLLED_BACK",
            "      The bridge loses memory from hour 20 on",
            "  first-node-never-ready: ROLLED_BACK",
            "      The first node starts and never becomes ready",
            "  signature-refused: ROLLED_BACK",
            "      The bridge checks webhooks with other keys than they are signed with",
            "  p99-breach: ROLLED_BACK",
            "      From hour 30 on one answer in twelve takes longer than 150 ms",
            "  prometheus-gone: SUCCEEDED",
            "      Prometheus is down for two hours, from hour 10 on",
            "  second-node-dies: ROLLED_BACK",
            "      The second node runs out of memory again and again, from minute 90 on",
            "  first-deployment: ROLLED_BACK",
            "      Nothing ran before, and webhooks are refused",
            "",
            "Exit code 0 if it ends so, 1 if it does not."
        })
public final class DemoCommand extends BaseCommand {
    private static final Path PLAN = Path.of("plans", "auren-biometric-bridge", "plan.yaml");
    private static final Path REPORTS = Path.of(".longwatch", "demo");

    @Parameters(
            paramLabel = "PLAN",
            arity = "0..1",
            description = "Plan of the biometric bridge; the one that Longwatch comes with by default.")
    private @Nullable Path given;

    @Option(names = "--scenario", paramLabel = "NAME", defaultValue = "none", description = "What goes wrong.")
    private String scenario = "none";

    @Option(
            names = "--interactive",
            description =
                    "Asks you what its people are asked; time stands still meanwhile. You may type abort, rollback"
                            + " or pause at any time.")
    private boolean interactive;

    @Option(names = "--plain", description = "Prints a line per change instead of drawing.")
    private boolean plain;

    @Option(names = "--json", description = "Prints the release's end as JSON instead of a summary.")
    private boolean json;

    @Option(names = "--ui", description = "Runs it in real time, in minutes, on a local Temporal server with its UI.")
    private boolean ui;

    public DemoCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() throws IOException {
        Scenario chosen = Scenario.of(scenario)
                .orElseThrow(
                        () -> CommandFailed.usage("no scenario '" + scenario + "'", "Scenarios: " + names() + "."));
        requireSomeoneToAsk();
        if (ui) {
            return inTheUi(chosen);
        }
        long began = System.nanoTime();
        err().println("Starting the sandbox: PostgreSQL, Kafka, Redis and stand-ins of all else, on loopback ...");
        try (Demo demo = Demo.start(chosen)) {
            LoadedPlan loaded =
                    PlanFolder.of(plan()).load(Contracts.catalog(), demo.parameters(), PlanLoader.Mode.FOR_START);
            if (loaded instanceof LoadedPlan.Rejected rejected) {
                rejected.problems().forEach(problem -> err().println(problem));
                return Exit.USAGE;
            }
            LoadedPlan.Loaded ready = (LoadedPlan.Loaded) loaded;
            ReleaseRecord record;
            try (Screen screen = screen()) {
                record = interactive
                        ? demo.ask(ready.plan(), ready.parameters(), screen, TypedLines.of(keyboard()), err())
                        : demo.run(ready.plan(), ready.parameters(), screen);
            }
            return finish(ready, record, chosen, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void requireSomeoneToAsk() {
        if (interactive && ui) {
            throw CommandFailed.usage(
                    "--interactive and --ui do not go together",
                    "With --ui, decide on the release's page or by its verbs.");
        }
        if (interactive && !world().canAsk()) {
            throw CommandFailed.usage(
                    "--interactive has nobody to ask: standard input is not a terminal",
                    "Run it in a terminal, or leave --interactive out and its people are played.");
        }
    }

    private static Reader keyboard() {
        return new InputStreamReader(System.in, Charset.defaultCharset());
    }

    /** The worker goes on after the release's end, since the page asks it for what it shows. */
    private int inTheUi(Scenario chosen) throws IOException {
        long began = System.nanoTime();
        LoadedPlan loaded = UiDemo.shortened(plan(), chosen);
        if (loaded instanceof LoadedPlan.Rejected rejected) {
            rejected.problems().forEach(problem -> err().println(problem));
            return Exit.USAGE;
        }
        LoadedPlan.Loaded ready = (LoadedPlan.Loaded) loaded;
        Path temporal = new TemporalProgram(world().environment()).get(err());
        err().println("Starting a Temporal server and the sandbox on loopback ...");
        try (UiServer server = UiServer.start(temporal);
                UiDemo demo = new UiDemo(server, chosen, ready.plan())) {
            String page = demo.begin(ready);
            err().println("The release's page: " + page);
            err().println("All releases:       " + demo.list());
            ReleaseRecord record;
            try (Screen screen = screen()) {
                record = demo.follow(ready.plan(), screen);
            }
            int exit = finish(ready, record, chosen, Duration.ofNanos(System.nanoTime() - began));
            err().println();
            err().println("Its page stays until you press Enter: " + page);
            awaitEnter(System.in);
            return exit;
        }
    }

    private static void awaitEnter(InputStream in) throws IOException {
        int read = in.read();
        while (read >= 0 && read != '\n') {
            read = in.read();
        }
    }

    /** A screen that redraws itself would wipe out what is asked and typed. */
    private Screen screen() {
        return Screen.on(err(), world().progress(), !plain && !json && !interactive);
    }

    private int finish(LoadedPlan.Loaded loaded, ReleaseRecord record, Scenario chosen, Duration took) {
        if (json) {
            json(StatusJson.of(loaded.plan(), record));
        } else {
            summary(loaded, record, took);
        }
        Optional<Path> report = written(loaded, record, chosen);
        if (!json) {
            report.ifPresent(file -> out().println("Report: " + file));
            tryNext(chosen);
        }
        boolean asAsked =
                interactive ? record.state() != ReleaseState.COMPENSATION_FAILED : record.state() == chosen.end();
        return asAsked ? Exit.DONE : Exit.FELL_SHORT;
    }

    /** The report's file; empty where none can be written, which is said. */
    private Optional<Path> written(LoadedPlan.Loaded loaded, ReleaseRecord record, Scenario chosen) {
        String scene = chosen == Scenario.NONE ? "" : "-" + chosen.id();
        try {
            Files.createDirectories(REPORTS);
            Path report = unused(REPORTS, record.release() + scene);
            return Optional.of(Files.writeString(report, ReleaseReport.markdown(loaded.plan(), record)));
        } catch (IOException e) {
            err().println("No report was written to " + REPORTS.toAbsolutePath() + ": " + e
                    + "; run the demo from a folder that can be written.");
            return Optional.empty();
        }
    }

    /** A file for a report, beside those of former demos. */
    static Path unused(Path folder, String name) {
        return IntStream.iterate(1, n -> n + 1)
                .mapToObj(n -> folder.resolve(name + (n == 1 ? "" : "." + n) + ".md"))
                .filter(path -> !Files.exists(path))
                .findFirst()
                .orElseThrow();
    }

    private void summary(LoadedPlan.Loaded loaded, ReleaseRecord record, Duration took) {
        Boxes boxes = Boxes.of(loaded.plan(), record);
        out().println();
        tell(record.release() + " ended " + record.state() + (record.reason() == null ? "" : ": " + record.reason()));
        tell(accountedFor(boxes) + "; in " + took.toSeconds() + " s for " + virtual(record) + " of release time.");
    }

    private void tryNext(Scenario chosen) {
        out().println();
        out().println("Try next:");
        if (chosen == Scenario.NONE) {
            next("./longwatch demo --scenario leak", "a memory leak, found by the soak and rolled back");
        }
        next("./longwatch rehearse " + plan() + " --faults", "what happens if step k fails");
        next("./longwatch plan coverage " + plan(), "which step answers for which box");
    }

    private void tell(String text) {
        Paragraph.of(text, Style.of(world()).edge(), "  ").forEach(out()::println);
    }

    private void next(String command, String why) {
        out().println("  " + command);
        out().println("      " + why);
    }

    /** How many boxes need nobody's attention any more, and how many there are of each state. */
    static String accountedFor(Boxes boxes) {
        String states = boxes.counts().entrySet().stream()
                .filter(counted -> counted.getValue() > 0)
                .map(counted -> counted.getValue() + " "
                        + counted.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        return boxes.accountedFor() + " of " + boxes.total() + " boxes accounted for: " + states;
    }

    /** The plan to run, as it is reached from where the command was called. */
    private Path plan() {
        if (given != null) {
            return given;
        }
        Path here = Path.of("").toAbsolutePath();
        Path home = Path.of(world().environment().getOrDefault("LONGWATCH_HOME", ""))
                .toAbsolutePath();
        Path plan = home.resolve(PLAN).normalize();
        return plan.startsWith(here) ? here.relativize(plan) : plan;
    }

    private static String virtual(ReleaseRecord record) {
        return record.endedAt() == null
                ? "some"
                : Durations.format(Duration.ofMinutes(
                        Duration.between(record.startedAt(), record.endedAt()).toMinutes()));
    }

    private static String names() {
        return Arrays.stream(Scenario.values()).map(Scenario::id).collect(Collectors.joining(", "));
    }
}
