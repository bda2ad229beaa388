package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch rollback ID [SUBJECT]}. */
@Command(name = "rollback", description = "Takes the release back; with SUBJECT, as the answer to that question.")
public final class RollbackCommand extends AnswerCommand {
    public RollbackCommand(World world) {
        super(world, Verb.ROLLBACK);
    }

    @Override
    boolean saidToRelease() {
        return true;
    }
}
