package io.longwatch.soak;

import org.jspecify.annotations.Nullable;

/**
 * What one check saw in one look.
 *
 * @param outcome how it counts
 * @param figure the number seen, or null for none
 * @param message in words, when it is not PASSED
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
        ERROR
    }

    public static Measurement passed(@Nullable Double figure) {
        return new Measurement(Outcome.PASSED, figure, null);
    }

    public static Measurement of(Outcome outcome, @Nullable Double figure, String message) {
        return new Measurement(outcome, figure, message);
    }
}
