package io.longwatch.starter.plan;

import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.ParameterFile;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.Problem;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The plan that a command speaks of, and its parameters. */
public final class PlanArgument {
    @Parameters(paramLabel = "PLAN", description = "A plan's file, its folder, or its name as plan list shows it.")
    private String plan = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "Gives a parameter; may be repeated.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--param-file",
            paramLabel = "FILE",
            description = "Takes parameters from a YAML file of NAME: VALUE; --param goes before it.")
    private @Nullable Path parameterFile;

    /** Its place on disk. */
    public PlanOnDisk onDisk(World world) {
        return PlanOnDisk.named(plan, world);
    }

    /** What loading it comes to. */
    public LoadedPlan load(World world, PlanLoader.Mode mode) {
        return onDisk(world).load(parameters(), mode);
    }

    private Map<String, String> parameters() {
        if (parameterFile == null) {
            return parameters;
        }
        Map<String, String> all = new LinkedHashMap<>(valuesIn(parameterFile));
        all.putAll(parameters);
        return all;
    }

    /**
     * What a parameter file says.
     *
     * @throws CommandFailed if it cannot be read, with every problem
     */
    public static Map<String, String> valuesIn(Path file) {
        ParameterFile read;
        try {
            read = ParameterFile.read(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw CommandFailed.usage("there is no parameter file '" + file + "'", null, e);
        } catch (IOException e) {
            throw CommandFailed.usage("the parameter file '" + file + "' cannot be read: " + e.getMessage(), null, e);
        }
        if (read.problems().isEmpty()) {
            return read.values();
        }
        throw CommandFailed.usage(
                read.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")), null);
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
