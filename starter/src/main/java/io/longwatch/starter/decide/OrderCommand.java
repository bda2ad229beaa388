package io.longwatch.starter.decide;

import io.longwatch.decision.Verb;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import org.jspecify.annotations.Nullable;

/** A verb said to the release as a whole. */
abstract class OrderCommand extends DecideCommand {
    OrderCommand(World world, Verb verb) {
        super(world, verb);
    }

    @Override
    final Saying saying(Releases releases, FoundRelease release) {
        return Saying.toRelease(argument());
    }

    /** Time or duration that goes with it, or null. */
    @Nullable
    String argument() {
        return null;
    }
}
