package io.longwatch.sandbox;

import io.longwatch.sandbox.demo.DemoCommand;
import io.longwatch.sandbox.rehearse.RehearseCommand;
import io.longwatch.starter.Longwatch;
import io.longwatch.starter.WarmUp;
import io.longwatch.starter.World;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** The command line with the commands that try a plan before it is real. */
public final class SandboxMain {
    private static final List<Class<?>> TRIALS = List.of(DemoCommand.class, RehearseCommand.class);

    private SandboxMain() {}

    /** The command line, in a world, that reads these words. */
    public static CommandLine commandLine(World world, String[] args) {
        return Longwatch.commandLine(world, TRIALS, args);
    }

    private static List<List<String>> warmUp(String home) {
        String plan =
                Path.of(home, "plans", "auren-biometric-bridge", "plan.yaml").toString();
        return List.of(List.of("demo", "--help"), List.of("rehearse", plan), List.of("rehearse", plan, "--json"));
    }

    public static void main(String[] args) {
        Longwatch.quieten(args);
        if (WarmUp.asked(args)) {
            WarmUp.run(
                    words -> commandLine(World.here(), words),
                    warmUp(System.getenv().getOrDefault("LONGWATCH_HOME", ".")));
            System.exit(0); // the rehearsal's server may still be closing
        }
        System.exit(Longwatch.run(commandLine(World.here(), args), args));
    }
}
