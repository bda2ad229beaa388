package io.longwatch.activities.connection;

import io.temporal.activity.Activity;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an action knows of the attempt it runs in. Actions over 10 s call {@link #heartbeat} so that a cancelled or lost
 * attempt stops before it writes.
 */
public interface Invocation {
    /** Number of this attempt, from 1. */
    int attempt();

    /**
     * Reports progress. Details are seen in the Temporal UI and given to the next attempt.
     *
     * @throws io.temporal.client.ActivityCompletionException if the attempt was cancelled or lost its lease: stop, do
     *     not write
     */
    void heartbeat(@Nullable Object details);

    /**
     * Renews the lease right before a write: returns once the server has the details and says that this attempt still
     * counts. A plain heartbeat may wait in the worker, and says nothing where the step has no heartbeat timeout.
     *
     * @throws io.temporal.client.ActivityCompletionException if the attempt was cancelled, its time is over, or the
     *     server cannot be asked: stop, do not write
     * @throws io.temporal.failure.ApplicationFailure Unavailable if too little of its time is left for a write
     */
    default void renew(@Nullable Object details) {
        heartbeat(details);
    }

    /**
     * Looks, before something that lasts is begun, whether it can end within the attempt and its outcome be recorded.
     * Half of the attempt is enough: the next has no more time than this one had.
     *
     * @param longest how long it may last
     * @throws io.temporal.failure.ApplicationFailure Unavailable if less time is left: do not begin it
     */
    default void requireTimeFor(Duration longest) {}

    /** Details of the former attempt's last heartbeat. */
    <T> Optional<T> lastHeartbeat(Class<T> type);

    /**
     * Whether it is asked once, as in a look of a soak: nobody asks again for the same answer, so an action that would
     * wait for a state to come or to last says what it found.
     */
    default boolean once() {
        return false;
    }

    /** How long the attempt may take; empty where nothing bounds it. */
    default Optional<Duration> bound() {
        return Optional.empty();
    }

    /** Runs an action in this thread as a part of the given attempt, whatever attempt the thread serves. */
    static <T> T within(Invocation invocation, Supplier<T> action) {
        return Within.run(invocation, action);
    }

    /** Whether the former attempt's last word was this: it was about to do what is found done now. */
    default boolean announced(String details) {
        return lastHeartbeat(String.class).filter(details::equals).isPresent();
    }

    /** The attempt that the current thread serves. Outside of a worker: {@link #detached()}. */
    static Invocation current() {
        Optional<Invocation> within = Within.current();
        if (within.isPresent()) {
            return within.get();
        }
        try {
            return new Attempt(Activity.getExecutionContext(), System::nanoTime);
        } catch (IllegalStateException outsideOfAnActivity) {
            return detached();
        }
    }

    /** An attempt that nobody watches, for tests and tools. */
    static Invocation detached() {
        return new Detached();
    }

    /** First attempt, nothing before it, nobody to cancel it. */
    record Detached() implements Invocation {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(@Nullable Object details) {}

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }
}
