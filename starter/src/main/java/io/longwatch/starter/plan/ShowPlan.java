package io.longwatch.starter.plan;

import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch plan show PLAN}. */
@Command(name = "show", description = "Shows what a plan does and when, and the way back.")
public final class ShowPlan extends BaseCommand {
    @Mixin
    private final PlanArgument plan = new PlanArgument();

    @Option(names = "--json", description = "Prints the normalised plan as JSON.")
    private boolean asJson;

    public ShowPlan(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        Loaded loaded = plan.require(world(), Mode.FOR_CHECK, err());
        if (asJson) {
            json(loaded.plan());
        } else {
            new PlanPage(loaded.plan()).lines().forEach(out()::println);
        }
        return Exit.DONE;
    }
}
