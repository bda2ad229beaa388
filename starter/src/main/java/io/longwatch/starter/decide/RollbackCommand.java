package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch rollback ID}. */
@Command(name = "rollback", description = "Takes the release back.")
public final class RollbackCommand extends OrderCommand {
    public RollbackCommand(World world) {
        super(world, Verb.ROLLBACK);
    }
}
