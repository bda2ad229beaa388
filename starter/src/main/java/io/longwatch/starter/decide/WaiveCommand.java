package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch waive ID [SUBJECT]}. */
@Command(name = "waive", description = "Lets an inconclusive or failed point pass, for a --reason.")
public final class WaiveCommand extends AnswerCommand {
    public WaiveCommand(World world) {
        super(world, Verb.WAIVE);
    }

    @Override
    boolean needsReason() {
        return true;
    }
}
