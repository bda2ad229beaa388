package io.longwatch.release;

import io.temporal.workflow.Async;
import java.time.Instant;

/** Rings once if it is not stopped in time. Moving it costs no event unless its first time comes. */
final class Alarm {
    private final String summary;
    private final Runnable ring;
    private Instant at = Instant.MAX;
    private boolean wanted;
    private boolean waiting;

    /**
     * An alarm that is not set.
     *
     * @param summary what is waited for, as the history's timer shows it
     * @param ring what it does
     */
    Alarm(String summary, Runnable ring) {
        this.summary = summary;
        this.ring = ring;
    }

    /** Sets it, or moves it to a later time. */
    void set(Instant time) {
        at = time;
        wanted = true;
        if (!waiting) {
            waiting = true;
            Async.procedure(this::await);
        }
    }

    void stop() {
        wanted = false;
    }

    private void await() {
        boolean early = true;
        while (early && wanted) {
            Instant first = at;
            early = Waits.until(first, summary, () -> !wanted) || at.isAfter(first);
        }
        waiting = false;
        if (wanted) {
            wanted = false;
            ring.run();
        }
    }
}
