package io.longwatch.activities.connection;

import io.longwatch.contract.Failures;
import io.longwatch.plan.Durations;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An attempt that a worker runs. */
public final class Attempt implements Invocation {
    /** Time that a write is given; at most a tenth of the attempt's. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final ActivityExecutionContext context;
    private final LongSupplier nanoTime;
    private final long began;

    /**
     * @param context the SDK's
     * @param nanoTime a clock that only goes forward, in ns; the server's own may differ from the worker's
     */
    public Attempt(ActivityExecutionContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    @Override
    public int attempt() {
        return context.getInfo().getAttempt();
    }

    @Override
    public void heartbeat(@Nullable Object details) {
        context.heartbeat(details);
    }

    /** The plain heartbeat comes first, so that a failure of the attempt carries the same details. */
    @Override
    public void renew(@Nullable Object details) {
        context.heartbeat(details);
        context.getWorkflowClient().newActivityCompletionClient().heartbeat(context.getTaskToken(), details);
        requireLeft(margin());
    }

    @Override
    public void requireTimeFor(Duration longest) {
        Duration half = context.getInfo().getStartToCloseTimeout().dividedBy(2);
        requireLeft(Durations.min(longest.plus(margin()), half));
    }

    private Duration margin() {
        Duration tenth = context.getInfo().getStartToCloseTimeout().dividedBy(10);
        return Durations.min(tenth, MARGIN);
    }

    private void requireLeft(Duration needed) {
        Duration bound = context.getInfo().getStartToCloseTimeout();
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - began);
        if (passed.compareTo(bound.minus(needed)) > 0) {
            throw Failures.unavailable(
                    "the attempt has run for " + passed.toSeconds() + " s of at most " + bound.toSeconds()
                            + " s, too long to write safely; the next attempt looks anew",
                    null);
        }
    }

    @Override
    public <T> Optional<T> lastHeartbeat(Class<T> type) {
        return context.getHeartbeatDetails(type);
    }

    @Override
    public Optional<Duration> bound() {
        return Optional.ofNullable(context.getInfo().getStartToCloseTimeout())
                .filter(bound -> !bound.isZero() && !bound.isNegative());
    }
}
