package io.longwatch.sandbox.kubernetes;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plays the server that tries an activity again while it says "not yet", and keeps its heartbeats from one to the next. */
public final class Attempts implements Invocation {
    private static final int MOST = 2_000;

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
                if (!failure.getType().equals(Failures.PENDING)) {
                    throw failure;
                }
                pass.accept(failure.getNextRetryDelay());
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
