package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch skip ID [SUBJECT]}. */
@Command(name = "skip", description = "Goes on without a failed step, for a --reason.")
public final class SkipCommand extends AnswerCommand {
    public SkipCommand(World world) {
        super(world, Verb.SKIP);
    }

    @Override
    boolean needsReason() {
        return true;
    }
}
