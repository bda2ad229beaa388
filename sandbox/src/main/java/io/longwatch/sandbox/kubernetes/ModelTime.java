package io.longwatch.sandbox.kubernetes;

import java.time.Instant;

/**
 * The instant that the controllers live in. It follows the injected clock from one due instant to the next, so that what
 * happened in hours that were skipped happened in its order.
 */
final class ModelTime {
    private Instant now;

    ModelTime(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    void moveTo(Instant later) {
        if (later.isAfter(now)) {
            now = later;
        }
    }
}
