package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch attest ID [SUBJECT]}. */
@Command(name = "attest", description = "Vouches for a checklist item, or for work done by hand, with --evidence.")
public final class AttestCommand extends AnswerCommand {
    public AttestCommand(World world) {
        super(world, Verb.ATTEST);
    }
}
