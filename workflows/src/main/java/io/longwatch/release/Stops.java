package io.longwatch.release;

import io.temporal.workflow.CancellationScope;
import org.jspecify.annotations.Nullable;

/** The one place where the forward part of a release is told to end. The first reason counts. */
final class Stops {
    private @Nullable CancellationScope forward;
    private @Nullable Stop stop;
    private Runnable last = () -> {};

    /** What is done before forward work is cancelled; it takes seconds at most, and does not fail. */
    void lastly(Runnable work) {
        last = work;
    }

    /** The scope in which all forward work runs. */
    void guards(CancellationScope scope) {
        forward = scope;
        if (stop != null) {
            scope.cancel(stop.reason());
        }
    }

    /** Ends the forward part: work in flight is cancelled and waited for. Returns what to throw. */
    Stopped end(Stop wanted) {
        if (stop == null) {
            stop = wanted;
            if (forward != null) {
                last.run();
                forward.cancel(wanted.reason());
            }
        }
        return new Stopped(stop);
    }

    /** Why the forward part ended; null while it goes on. */
    @Nullable
    Stop why() {
        return stop;
    }
}
