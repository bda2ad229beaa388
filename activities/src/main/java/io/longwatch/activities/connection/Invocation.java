package io.longwatch.activities.connection;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.Optional;
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

    /** Details of the former attempt's last heartbeat. */
    <T> Optional<T> lastHeartbeat(Class<T> type);

    /** The attempt that the current thread serves. Outside of a worker: {@link #detached()}. */
    static Invocation current() {
        try {
            return new OfWorker(Activity.getExecutionContext());
        } catch (IllegalStateException outsideOfAnActivity) {
            return detached();
        }
    }

    /** An attempt that nobody watches, for tests and tools. */
    static Invocation detached() {
        return new Detached();
    }

    /** An attempt that a worker runs. */
    record OfWorker(ActivityExecutionContext context) implements Invocation {
        @Override
        public int attempt() {
            return context.getInfo().getAttempt();
        }

        @Override
        public void heartbeat(@Nullable Object details) {
            context.heartbeat(details);
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return context.getHeartbeatDetails(type);
        }
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
