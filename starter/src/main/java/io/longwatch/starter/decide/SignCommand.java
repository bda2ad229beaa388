package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import picocli.CommandLine.Command;

/** {@code longwatch sign ID [SUBJECT]}. */
@Command(name = "sign", description = "Signs the release off.")
public final class SignCommand extends AnswerCommand {
    public SignCommand(World world) {
        super(world, Verb.SIGN);
    }
}
