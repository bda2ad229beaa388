package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch revoke ID [SUBJECT]}. */
@Command(name = "revoke", description = "Takes your approval back while its gate is still closed.")
public final class RevokeCommand extends AnswerCommand {
    public RevokeCommand(World world) {
        super(world, Verb.REVOKE);
    }
}
