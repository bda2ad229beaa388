package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longwatch hold ID}. */
@Command(name = "hold", description = "Holds gates and steps with effect, for a rule outside the release.")
public final class HoldCommand extends OrderCommand {
    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "How long until someone is told that it is still held; 4h by default.")
    private @Nullable String duration;

    public HoldCommand(World world) {
        super(world, Verb.HOLD);
    }

    @Override
    @Nullable
    String argument() {
        String text = duration;
        if (text != null && Durations.parse(text).isEmpty()) {
            throw CommandFailed.usage("--for: '" + text + "' is not a duration; write 90s, 10m or 2h", null);
        }
        return text;
    }
}
