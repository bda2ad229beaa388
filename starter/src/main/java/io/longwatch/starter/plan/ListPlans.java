package io.longwatch.starter.plan;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longwatch plan list}. */
@Command(name = "list", description = "Lists the plans that come along, in plans/.")
public final class ListPlans extends BaseCommand {
    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public ListPlans(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        List<Row> rows = PlanOnDisk.all(world()).stream().map(ListPlans::row).toList();
        if (asJson) {
            json(rows);
        } else if (rows.isEmpty()) {
            err().println("No plans in plans/.");
        } else {
            int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
            rows.forEach(row -> out().printf("%-" + width + "s  %s%n", row.name(), row.title()));
        }
        return Exit.DONE;
    }

    private static Row row(PlanOnDisk plan) {
        LoadedPlan loaded = plan.load(Map.of(), Mode.FOR_CHECK);
        if (loaded instanceof Loaded good) {
            ReleasePlan found = good.plan();
            return new Row(plan.name(), found.title() + ": " + found.service() + " to " + found.environment(), true);
        }
        return new Row(plan.name(), "not valid: longwatch plan validate " + plan.file(), false);
    }

    /** A plan in the list. */
    record Row(String name, String title, boolean valid) {}
}
