package io.longwatch.sandbox.kubernetes;

import java.time.Instant;
import java.util.Optional;

/** Moves objects towards what they ask for. */
interface Controller {
    /** Does all that can be done at this instant. */
    void reconcile();

    /** The next instant at which it has something to do though nothing was written. */
    default Optional<Instant> due() {
        return Optional.empty();
    }
}
