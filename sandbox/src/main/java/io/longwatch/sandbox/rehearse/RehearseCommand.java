package io.longwatch.sandbox.rehearse;

import io.longwatch.decision.Question;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.release.ReleaseState;
import io.longwatch.report.StatusJson;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.starter.plan.PlanArgument;
import io.longwatch.starter.view.ReleaseView;
import io.longwatch.starter.view.Style;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch rehearse PLAN}. */
@Command(
        name = "rehearse",
        description =
                "Runs a plan's release in virtual time, every action simulated; nothing real is touched. Exit code 0"
                        + " if it ends as wanted: SUCCEEDED, or as the scenario expects.")
public final class RehearseCommand extends BaseCommand {
    @Mixin
    private final PlanArgument plan = new PlanArgument();

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What goes wrong meanwhile: a file, or the name of one among the plan's scenarios."
                    + " docs/rehearse.md says how to write it.")
    private @Nullable String scenario;

    @Option(
            names = "--faults",
            description = "Rehearses once for each step, with that step failing; prints what follows, a row for each.")
    private boolean faults;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    @Option(names = "--plain", description = "Prints without colours and in ASCII.")
    private boolean plain;

    public RehearseCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        CompletableFuture<Stage> stage = CompletableFuture.supplyAsync(Stage::open);
        try {
            Loaded loaded = plan.require(world(), Mode.FOR_CHECK, err());
            ScenarioFile given = scenario == null
                    ? ScenarioFile.NONE
                    : ScenarioFile.require(
                            PlanScenarios.of(plan.onDisk(world())).find(scenario), loaded, err());
            Rehearsal rehearsal = new Rehearsal(loaded.plan(), loaded.parameters());
            return faults ? table(rehearsal, given) : story(rehearsal.run(stage.join(), given.scenario()), given);
        } finally {
            var unused = stage.thenAccept(Stage::close);
        }
    }

    private int story(Rehearsal.Outcome outcome, ScenarioFile given) {
        if (asJson) {
            json(StatusJson.of(outcome.plan(), outcome.record()));
        } else {
            ReleaseView.story(outcome.plan(), outcome.record(), style()).forEach(out()::println);
        }
        warn(outcome.warnings());
        ReleaseState wanted = given.expect();
        ReleaseState found = outcome.record().state();
        outcome.record().questions().forEach(this::tellOpen);
        if (found != wanted) {
            err().println("The rehearsal ended " + found + ", wanted " + wanted + ".");
        } else if (!asJson) {
            err().println("Rehearsed " + outcome.history().getEvents().size() + " events of history; "
                    + "every figure is simulated.");
        }
        return found == wanted ? Exit.DONE : Exit.FELL_SHORT;
    }

    private void tellOpen(Question question) {
        err().println("Question '" + question.subject() + "' (" + question.title()
                + ") stays open: nobody answers it, and " + question.onDeadline()
                + ". A scenario can answer it, or the plan say what its silence means.");
    }

    private int table(Rehearsal rehearsal, ScenarioFile given) {
        FaultTable table = new FaultTable(rehearsal, given.scenario());
        List<FaultTable.Row> rows = table.run();
        if (asJson) {
            json(rows);
        } else {
            new FaultLines(style()).of(rows).forEach(out()::println);
        }
        warn(table.warnings());
        long open = rows.stream().filter(row -> !row.accountedFor()).count();
        if (!asJson) {
            long broken = rows.stream()
                    .filter(row -> row.state() == ReleaseState.COMPENSATION_FAILED && row.accountedFor())
                    .count();
            err().println(rows.size() + " faults rehearsed" + ofTheWayBack(broken) + "; " + accounted(open, broken));
        }
        return open == 0 ? Exit.DONE : Exit.FELL_SHORT;
    }

    private static String ofTheWayBack(long broken) {
        if (broken == 0) {
            return "";
        }
        String does =
                broken == 1 ? " of which breaks the way back and leaves" : " of which break the way back and leave";
        return ", " + broken + does + " what is listed";
    }

    private static String accounted(long open, long broken) {
        if (open > 0) {
            return open + " of them not accounted for.";
        }
        return (broken == 0 ? "each" : "each other") + " ends with its effects accounted for.";
    }

    private void warn(List<String> warnings) {
        warnings.forEach(warning -> err().println("warning: " + warning));
    }

    private Style style() {
        Style style = Style.of(world());
        return plain ? style.plain() : style;
    }
}
