package io.longwatch.release;

import io.longwatch.text.Bounded;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Waiting that a cancelled scope ends, with timers that say in the history what they wait for. */
final class Waits {
    private Waits() {}

    static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /**
     * Waits for a condition.
     *
     * @throws CanceledFailure if the scope is cancelled meanwhile
     */
    static void until(Supplier<Boolean> condition) {
        CancellationScope scope = CancellationScope.current();
        Workflow.await(() -> condition.get() || scope.isCancelRequested());
        throwIfCancelled(scope);
    }

    /**
     * Waits for a condition or an instant.
     *
     * @param summary what it waits for, as the history's timer shows it
     * @return whether the condition holds
     * @throws CanceledFailure if the scope is cancelled meanwhile
     */
    static boolean until(Instant deadline, String summary, Supplier<Boolean> condition) {
        CancellationScope scope = CancellationScope.current();
        Duration left = Duration.between(now(), deadline);
        if (condition.get() || left.isNegative() || left.isZero()) {
            throwIfCancelled(scope);
            return condition.get();
        }
        Timer timer = new Timer(left, summary);
        Workflow.await(() -> condition.get() || timer.fired() || scope.isCancelRequested());
        timer.stop();
        throwIfCancelled(scope);
        return condition.get();
    }

    private static void throwIfCancelled(CancellationScope scope) {
        if (scope.isCancelRequested()) {
            throw new CanceledFailure("cancelled: " + scope.getCancellationReason());
        }
    }

    private static final class Timer {
        private final Promise<?>[] promise = new Promise<?>[1];
        private final CancellationScope scope;

        Timer(Duration duration, String summary) {
            scope = Workflow.newCancellationScope(() -> promise[0] = Workflow.newTimer(
                    duration,
                    TimerOptions.newBuilder()
                            .setSummary(Bounded.cut(summary, 200))
                            .build()));
            scope.run();
        }

        boolean fired() {
            return promise[0].isCompleted();
        }

        void stop() {
            if (!fired()) {
                scope.cancel();
            }
        }
    }
}
