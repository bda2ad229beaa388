package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch pause ID}. */
@Command(name = "pause", description = "Stops the release at the next step border; a soak goes on looking.")
public final class PauseCommand extends OrderCommand {
    public PauseCommand(World world) {
        super(world, Verb.PAUSE);
    }
}
