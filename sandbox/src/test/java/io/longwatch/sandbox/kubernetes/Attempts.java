package io.longwatch.sandbox.kubernetes;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays the server that tries an activity again while it says "not yet" or "someone wrote at the same instant", and
 * keeps its heartbeats from one to the next.
 */
public final class Attempts implements Invocation {
    private static final int MOST = 2_000;
    private static final Set<String> AGAIN = Set.of(Failures.PENDING, Failures.CONFLICT);

    private final Consumer<Duration> pass;
    private int attempt = 1;
    private @Nullable Object details;

    public Attempts(Consumer<Duration> pass) {
        this.pass = pass;
    }

    public <R> R untilDone(Supplier<R> activity) {
        details = null;
        for (attempt = 1; attempt < MOST; attempt++) {
            try {
                return activity.get();
            } catch (ApplicationFailure failure) {
                if (!AGAIN.contains(failure.getType())) {
                    throw failure;
                }
                pass.accept(Objects.requireNonNullElse(failure.getNextRetryDelay(), Duration.ofSeconds(1)));
            }
        }
        throw new AssertionError("still pending after " + MOST + " attempts");
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void heartbeat(@Nullable Object reported) {
        details = reported;
    }

    @Override
    public <T> Optional<T> lastHeartbeat(Class<T> type) {
        return type.isInstance(details) ? Optional.of(type.cast(details)) : Optional.empty();
    }
}
