package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch reject ID [SUBJECT]}. */
@Command(name = "reject", description = "Says no to a gate or to what a step shows.")
public final class RejectCommand extends AnswerCommand {
    public RejectCommand(World world) {
        super(world, Verb.REJECT);
    }
}
