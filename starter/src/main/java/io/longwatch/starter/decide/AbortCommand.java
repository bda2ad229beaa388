package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch abort ID [SUBJECT]}. */
@Command(
        name = "abort",
        description =
                "Ends the release where it stands, undoing nothing; with SUBJECT, answers that question: a step of a"
                        + " rollback that failed is given up.")
public final class AbortCommand extends AnswerCommand {
    public AbortCommand(World world) {
        super(world, Verb.ABORT);
    }

    @Override
    boolean saidToRelease() {
        return true;
    }
}
