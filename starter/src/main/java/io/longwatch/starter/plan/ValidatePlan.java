package io.longwatch.starter.plan;

import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.plan.load.Problem;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch plan validate PLAN}. */
@Command(
        name = "validate",
        description = "Checks a plan; prints each problem as file:line:column: message. Parameters that are not given"
                + " take their defaults or examples.")
public final class ValidatePlan extends BaseCommand {
    @Mixin
    private final PlanArgument plan = new PlanArgument();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public ValidatePlan(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        LoadedPlan loaded = plan.load(world(), Mode.FOR_CHECK);
        List<Problem> problems = loaded instanceof Loaded good ? good.warnings() : ((Rejected) loaded).problems();
        if (asJson) {
            json(Map.of("valid", loaded instanceof Loaded, "problems", problems));
        } else {
            problems.forEach(problem -> err().println(PlanArgument.line(problem)));
        }
        if (!(loaded instanceof Loaded good)) {
            return Exit.USAGE;
        }
        if (!asJson) {
            long steps = good.plan().steps().count();
            out().println(plan.onDisk(world()).file() + " is valid: "
                    + good.plan().phases().size() + " phases, "
                    + steps + " steps, digest "
                    + PlanDigest.of(good.plan(), good.parameters()).substring(0, 12));
        }
        return Exit.DONE;
    }
}
