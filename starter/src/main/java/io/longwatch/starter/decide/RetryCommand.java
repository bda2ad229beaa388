package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch retry ID [SUBJECT]}. */
@Command(name = "retry", description = "Tries a failed step again.")
public final class RetryCommand extends AnswerCommand {
    public RetryCommand(World world) {
        super(world, Verb.RETRY);
    }
}
