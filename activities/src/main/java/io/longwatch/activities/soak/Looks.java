package io.longwatch.activities.soak;

import io.longwatch.contract.StepRef;
import io.longwatch.soak.Measurement;
import java.time.Instant;
import java.util.Map;

/** Is told of every look at a soak window. Called by the look itself: must not wait, must not fail. */
@FunctionalInterface
public interface Looks {
    /**
     * A look was taken.
     *
     * @param window the release, and the window as its step
     * @param due when it was due
     * @param late whether it was taken later, for then
     * @param seen measurements by check id; a check that was not due is absent
     */
    void taken(StepRef window, Instant due, boolean late, Map<String, Measurement> seen);

    /** Nobody listens. */
    static Looks unheard() {
        return (window, due, late, seen) -> {};
    }
}
