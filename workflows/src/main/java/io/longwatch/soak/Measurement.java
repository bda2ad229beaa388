package io.longwatch.soak;

import io.longwatch.text.Bounded;
import org.jspecify.annotations.Nullable;

/**
 * What one check saw in one look.
 *
 * @param outcome how it counts
 * @param figure the number seen, or null for none
 * @param message in words, when it is not PASSED; what is too long for a heartbeat is cut
 */
public record Measurement(
        Outcome outcome, @Nullable Double figure, @Nullable String message) {
    /** How a measurement counts. */
    public enum Outcome {
        PASSED,
        FAILED,
        INCONCLUSIVE,
        /** The provider answered and has no data. */
        NO_DATA,
        /** The provider failed. */
        ERROR,
        /** Nobody looked, and the check cannot look back. */
        MISSED
    }

    private static final int MOST_WORDS = 500;

    public Measurement {
        message = message == null ? null : Bounded.cut(message, MOST_WORDS);
    }

    public static Measurement passed(@Nullable Double figure) {
        return new Measurement(Outcome.PASSED, figure, null);
    }

    public static Measurement of(Outcome outcome, @Nullable Double figure, String message) {
        return new Measurement(outcome, figure, message);
    }
}
