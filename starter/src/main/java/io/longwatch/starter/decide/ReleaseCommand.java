package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch release ID}. */
@Command(name = "release", description = "Ends a hold.")
public final class ReleaseCommand extends OrderCommand {
    public ReleaseCommand(World world) {
        super(world, Verb.RELEASE);
    }
}
