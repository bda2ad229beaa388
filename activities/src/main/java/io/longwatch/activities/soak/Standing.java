package io.longwatch.activities.soak;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WindowProgress;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a window stands, as one attempt of its watch knows it. Only this writes heartbeat details: an action that a look
 * measures with may ask whether the attempt is cancelled, and has no progress of its own.
 */
final class Standing {
    private static final Logger LOGGER = LoggerFactory.getLogger(Standing.class);

    private final Invocation attempt;
    private WindowProgress progress;
    private boolean over;

    private Standing(Invocation attempt, WindowProgress progress) {
        this.attempt = attempt;
        this.progress = progress;
    }

    /** As the former attempt left it; where that cannot be read, as the watch began. */
    static Standing lastKnown(Invocation attempt, WatchInput input) {
        WindowProgress begun = input.resume() == null ? WindowProgress.begin(input) : input.resume();
        return new Standing(
                attempt,
                details(attempt, input)
                        .filter(progress -> input.window().equals(progress.window()))
                        .orElse(begun));
    }

    private static Optional<WindowProgress> details(Invocation attempt, WatchInput input) {
        try {
            return attempt.lastHeartbeat(WindowProgress.class);
        } catch (DataConverterException e) {
            LOGGER.atWarn()
                    .addKeyValue("window", input.window())
                    .addKeyValue("attempt", attempt.attempt())
                    .setCause(e)
                    .log("what earlier looks saw cannot be read; the watch goes on from where it began");
            return Optional.empty();
        }
    }

    synchronized WindowProgress progress() {
        return progress;
    }

    /**
     * Keeps what is known now for the next attempt.
     *
     * @throws io.temporal.client.ActivityCompletionException if the attempt was cancelled or lost its lease
     */
    synchronized void keep(WindowProgress next) {
        progress = next.withinBudget();
        attempt.heartbeat(progress);
    }

    /** The attempt ends: what still runs of it learns that nobody waits. */
    synchronized void close() {
        over = true;
    }

    private synchronized void requireWanted() {
        if (over) {
            throw new CancellationException("the look is over");
        }
        attempt.heartbeat(progress);
    }

    /** What an action knows of the look that measures with it. */
    Invocation glance() {
        return new Glance();
    }

    private final class Glance implements Invocation {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(@Nullable Object details) {
            requireWanted();
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public boolean once() {
            return true;
        }
    }
}
