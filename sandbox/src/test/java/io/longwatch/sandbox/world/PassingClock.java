package io.longwatch.sandbox.world;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A clock that a test moves, also as far as an action asks to be tried again. */
final class PassingClock extends Clock implements Invocation {
    private static final int MOST_ATTEMPTS = 500;

    private volatile Instant now = Instant.parse("2026-11-21T06:00:00Z");
    private @Nullable Object details;

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Tries as the server would, until the action is done. */
    <R> R untilDone(Supplier<R> action) {
        details = null;
        String last = "";
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                return action.get();
            } catch (ApplicationFailure failure) {
                if (!failure.getType().equals(Failures.PENDING)) {
                    throw failure;
                }
                last = failure.getOriginalMessage();
                pass(failure.getNextRetryDelay());
            }
        }
        throw new AssertionError("still not done after " + MOST_ATTEMPTS + " attempts: " + last);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public int attempt() {
        return 1;
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
