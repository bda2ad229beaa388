package io.longwatch.sandbox;

import io.longwatch.sandbox.demo.DemoCommand;
import io.longwatch.sandbox.rehearse.RehearseCommand;
import io.longwatch.starter.Longwatch;
import io.longwatch.starter.World;
import java.util.List;
import picocli.CommandLine;

/** The command line with the commands that try a plan before it is real. */
public final class SandboxMain {
    private static final List<Class<?>> TRIALS = List.of(DemoCommand.class, RehearseCommand.class);

    private SandboxMain() {}

    /** The command line, in a world. */
    public static CommandLine commandLine(World world) {
        return Longwatch.commandLine(world, TRIALS);
    }

    public static void main(String[] args) {
        Longwatch.quieten(args);
        System.exit(Longwatch.run(commandLine(World.here()), args));
    }
}
