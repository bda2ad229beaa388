package io.longwatch.activities.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Heartbeats while a statement runs on the server, and cancels it there when the attempt is cancelled or lost. */
final class Pulse implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Pulse::daemon);
    private final Statement statement;
    private final Runnable heartbeat;
    private final ScheduledFuture<?> beats;
    private volatile @Nullable RuntimeException lost;

    Pulse(Statement statement, Runnable heartbeat, Duration interval) {
        this.statement = statement;
        this.heartbeat = heartbeat;
        long millis = interval.toMillis();
        beats = thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Why the statement was cancelled; null if it was not by this. */
    @Nullable
    RuntimeException lost() {
        return lost;
    }

    @Override
    public void close() {
        beats.cancel(true);
        thread.shutdownNow();
    }

    private void beat() {
        if (lost != null) {
            return;
        }
        try {
            heartbeat.run();
        } catch (RuntimeException e) {
            lost = e;
            cancel(e);
        }
    }

    private void cancel(RuntimeException reason) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // The statement then ends by its own timeout, and the attempt still does not commit.
            reason.addSuppressed(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "longwatch-postgres-pulse");
        thread.setDaemon(true);
        return thread;
    }
}
