package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch confirm ID [SUBJECT]}. */
@Command(name = "confirm", description = "Confirms what a machine has found.")
public final class ConfirmCommand extends AnswerCommand {
    public ConfirmCommand(World world) {
        super(world, Verb.CONFIRM);
    }
}
