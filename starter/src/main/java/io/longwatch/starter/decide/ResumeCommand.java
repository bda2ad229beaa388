package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch resume ID}. */
@Command(name = "resume", description = "Ends a pause.")
public final class ResumeCommand extends OrderCommand {
    public ResumeCommand(World world) {
        super(world, Verb.RESUME);
    }
}
