package io.longwatch.starter.plan;

import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.Problem;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plan that a command speaks of, and its parameters. */
public final class PlanArgument {
    @Parameters(paramLabel = "PLAN", description = "A plan's file, its folder, or its name as plan list shows it.")
    private String plan = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "Gives a parameter; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    /** Its place on disk. */
    public PlanOnDisk onDisk(World world) {
        return PlanOnDisk.named(plan, world);
    }

    /** What loading it comes to. */
    public LoadedPlan load(World world, PlanLoader.Mode mode) {
        return onDisk(world).load(parameters, mode);
    }

    /**
     * The plan, with its warnings told.
     *
     * @throws CommandFailed with every problem if it may not run
     */
    public Loaded require(World world, PlanLoader.Mode mode, PrintWriter err) {
        LoadedPlan loaded = load(world, mode);
        if (loaded instanceof Loaded good) {
            good.warnings().forEach(warning -> err.println(line(warning)));
            return good;
        }
        List<Problem> problems = ((Rejected) loaded).problems();
        problems.forEach(problem -> err.println(line(problem)));
        long errors = problems.stream().filter(Problem::isError).count();
        throw CommandFailed.usage(plan + " has " + errors + (errors == 1 ? " problem" : " problems"), null);
    }

    static String line(Problem problem) {
        return problem.isError()
                ? problem.toString()
                : problem.file() + ":" + problem.line() + ":" + problem.column() + ": warning: " + problem.message();
    }
}
