package io.longwatch.plan;

import java.time.Duration;
import java.util.List;

/**
 * Steps that share a start.
 *
 * @param id unique in the plan
 * @param title for people
 * @param start when it begins, at the earliest
 * @param steps in order
 */
public record Phase(String id, String title, Start start, List<Step> steps) {
    public Phase {
        steps = List.copyOf(steps);
    }

    /** Whether it is the one at T, whose end starts the soak. */
    public boolean deploys() {
        return start.anchor() == Anchor.DEPLOYMENT && start.offset().isZero();
    }

    /**
     * When a phase begins. It never begins before the one ahead of it has ended.
     *
     * @param anchor what the offset counts from
     * @param offset time from there; negative is before
     */
    public record Start(Anchor anchor, Duration offset) {
        /** {@code T}, {@code T-2h}. */
        public static Start at(Duration offset) {
            return new Start(Anchor.DEPLOYMENT, offset);
        }

        /** As soon as the phase ahead has ended. */
        public static Start afterPrevious() {
            return new Start(Anchor.PREVIOUS, Duration.ZERO);
        }

        /** When the soak's verdict is in. */
        public static Start afterSoak() {
            return new Start(Anchor.SOAK, Duration.ZERO);
        }

        /** As a plan writes it: {@code T-2h}, {@code after soak}. */
        @Override
        public String toString() {
            return switch (anchor) {
                case DEPLOYMENT ->
                    offset.isZero() ? "T" : (offset.isNegative() ? "T-" : "T+") + Durations.format(offset.abs());
                case PREVIOUS -> "after the phase ahead";
                case SOAK -> "after the soak";
            };
        }
    }

    /** What a phase's start counts from. */
    public enum Anchor {
        DEPLOYMENT,
        PREVIOUS,
        SOAK
    }
}
