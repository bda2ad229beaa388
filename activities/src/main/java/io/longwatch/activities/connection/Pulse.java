package io.longwatch.activities.connection;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats from a thread of its own while an attempt waits for one long answer, and says so once when the attempt was
 * cancelled or lost. The attempt still heartbeats itself before it writes.
 */
public final class Pulse implements AutoCloseable {
    /** Often enough for a heartbeat timeout of a minute. */
    public static final Duration CALM = Duration.ofSeconds(10);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Pulse::daemon);
    private final Runnable heartbeat;
    private final Consumer<RuntimeException> whenLost;
    private final ScheduledFuture<?> beats;
    private volatile @Nullable RuntimeException lost;

    /**
     * @param heartbeat what to call; made of the {@link Invocation} of the attempt's own thread
     * @param interval time between two
     * @param whenLost called once, with why, to cut the wait short
     */
    public Pulse(Runnable heartbeat, Duration interval, Consumer<RuntimeException> whenLost) {
        this.heartbeat = heartbeat;
        this.whenLost = whenLost;
        long millis = interval.toMillis();
        beats = thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** A calm one for work that cannot be cut short: the attempt learns of its loss by its own next heartbeat. */
    public static Pulse calm(Runnable heartbeat) {
        return new Pulse(heartbeat, CALM, lost -> {});
    }

    /** Why the attempt is lost; null if it is not. */
    public @Nullable RuntimeException lost() {
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
            whenLost.accept(e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "longwatch-pulse");
        thread.setDaemon(true);
        return thread;
    }
}
