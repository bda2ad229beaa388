package io.longwatch.soak;

import io.longwatch.plan.Durations;
import java.time.Duration;

/**
 * How long a look may take. Checks are measured side by side, {@link #AT_ONCE} at a time; one that has not answered
 * within its bound is an error. An attempt may spend as long again on past looks that nobody took.
 *
 * @param look bound of a look at all checks
 * @param check bound of one check
 */
public record LookBound(Duration look, Duration check) {
    /** Checks that are measured at the same time. */
    public static final int AT_ONCE = 4;

    private static final Duration LONGEST_CHECK = Duration.ofSeconds(20);
    private static final Duration SHORTEST_CHECK = Duration.ofSeconds(5);
    private static final Duration SPARE = Duration.ofSeconds(10);

    /** Of a window: at most half of the time between two looks, so that looks that hang never fall behind. */
    public static LookBound of(WatchInput input) {
        int rounds = rounds(input);
        Duration half = input.interval().dividedBy(2L * rounds);
        Duration most = Durations.min(half, LONGEST_CHECK);
        Duration check = Durations.max(most, SHORTEST_CHECK);
        return new LookBound(check.multipliedBy(rounds), check);
    }

    /** Of a window, in an attempt that the server gives less time: one that an older release began. */
    public static LookBound of(WatchInput input, Duration attempt) {
        LookBound wished = of(input);
        Duration left = attempt.minus(SPARE).dividedBy(2);
        Duration most = left.compareTo(SPARE) < 0 ? attempt.dividedBy(4) : left;
        return wished.look().compareTo(most) <= 0 ? wished : new LookBound(most, most.dividedBy(rounds(input)));
    }

    /** What the server gives an attempt: past looks, one look, and time to say what was seen. */
    public Duration attempt() {
        return look.multipliedBy(2).plus(SPARE);
    }

    private static int rounds(WatchInput input) {
        return Math.max(1, (input.checks().size() + AT_ONCE - 1) / AT_ONCE);
    }
}
