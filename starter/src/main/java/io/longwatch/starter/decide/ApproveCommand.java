package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch approve ID [SUBJECT]}. */
@Command(name = "approve", description = "Opens a gate, together with the other approvals it asks for.")
public final class ApproveCommand extends AnswerCommand {
    public ApproveCommand(World world) {
        super(world, Verb.APPROVE);
    }
}
