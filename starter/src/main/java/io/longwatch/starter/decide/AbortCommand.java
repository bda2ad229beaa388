package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch abort ID}. */
@Command(name = "abort", description = "Ends the release where it stands, undoing nothing.")
public final class AbortCommand extends OrderCommand {
    public AbortCommand(World world) {
        super(world, Verb.ABORT);
    }
}
