package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longwatch extend ID [SUBJECT]}. */
@Command(
        name = "extend",
        description =
                "Lengthens the soak window that is open; with SUBJECT, one that has ended without a clear verdict.")
public final class ExtendCommand extends AnswerCommand {
    @Option(names = "--by", paramLabel = "DURATION", required = true, description = "By how long: 30m, 2h.")
    private @Nullable String duration;

    public ExtendCommand(World world) {
        super(world, Verb.EXTEND);
    }

    @Override
    boolean saidToRelease() {
        return true;
    }

    @Override
    @Nullable
    String argument() {
        String text = duration;
        if (text != null && Durations.parse(text).isEmpty()) {
            throw CommandFailed.usage("--by: '" + text + "' is not a duration; write 90s, 10m or 2h", null);
        }
        return text;
    }
}
