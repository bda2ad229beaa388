package io.longwatch.sandbox.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.soak.Readers;
import io.longwatch.activities.soak.SoakActions;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.plan.Check.OnNoData;
import io.longwatch.sandbox.prometheus.VirtualClock;
import io.longwatch.soak.CheckLimits;
import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedWatchTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20260504-1", "production", "startup");

    private static final Duration MOST_EXTENSION = Duration.ofMinutes(7);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void aWindowEndsAsItDoesForTheWatchThatIsCalledForEachLook(long seed) {
        // Given
        Seen seen = changing(seed);
        WatchInput input = input(Duration.ofHours(4));

        // When
        Ended foreseen = watched(input, clock -> simulated(clock, seen));
        Ended looked = watched(input, clock -> real(clock, seen));

        // Then
        assertThat(foreseen.result()).isEqualTo(looked.result());
        assertThat(foreseen.calls()).isLessThan(looked.calls());
    }

    @Test
    void theServerCallsTwiceForAWindowInWhichNothingHappens() {
        // When
        Ended ended = watched(input(Duration.ofHours(4)), clock -> simulated(clock, (check, at) -> 40.0));

        // Then
        assertThat(ended.result().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(ended.result().looks()).isEqualTo(240);
        assertThat(ended.calls()).isEqualTo(2);
    }

    @Test
    void aWindowWithoutAnEndInSightIsWatchedInParts() {
        // Given
        Instant breach = START.plus(Duration.ofDays(2));
        Seen seen = (check, at) -> check.equals("memory") || at.isBefore(breach) ? 40.0 : 140.0;

        // When
        Ended ended = watched(input(Duration.ofDays(365)), clock -> simulated(clock, seen));

        // Then
        assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
        assertThat(ended.result().endedAt()).isEqualTo(breach.plus(Duration.ofMinutes(2)));
        assertThat(ended.calls()).isBetween(6, 8);
    }

    @Test
    void whatIsSeenMeanwhileIsWhatWasDueByThen() {
        // Given
        VirtualClock clock = new VirtualClock(START);
        SimulatedWatch watch = simulated(clock, (check, at) -> 40.0);
        call(watch, input(Duration.ofHours(4)));

        // When
        clock.pass(Duration.ofMinutes(90));
        WindowProgress seen = watch.state().progress("workflow", "startup");
        WindowProgress another = watch.state().progress("workflow", "peak");

        // Then
        assertThat(Objects.requireNonNull(seen).looks()).isEqualTo(90);
        assertThat(seen.lastLookAt()).isEqualTo(START.plus(Duration.ofMinutes(90)));
        assertThat(another).isNull();
    }

    private record Ended(WindowResult result, int calls) {}

    /** Watches as the server does: calls again when it is told to. */
    private static Ended watched(WatchInput input, Function<Clock, SoakActivities> made) {
        VirtualClock clock = new VirtualClock(START);
        SoakActivities watch = made.apply(clock);
        for (int calls = 1; calls < 10_000; calls++) {
            Object ended = call(watch, input);
            if (ended instanceof WindowResult result) {
                return new Ended(result, calls);
            }
            clock.pass((Duration) ended);
        }
        throw new AssertionError("no verdict in 10,000 calls");
    }

    private static Object call(SoakActivities watch, WatchInput input) {
        try {
            return watch.watch(STEP, input);
        } catch (ApplicationFailure looked) {
            assertThat(looked.getType()).isEqualTo(SoakActivities.LOOKED);
            return Objects.requireNonNull(looked.getNextRetryDelay());
        }
    }

    private static SimulatedWatch simulated(Clock clock, Seen seen) {
        return new SimulatedWatch(new Provider(clock, seen), clock);
    }

    private static SoakActivities real(Clock clock, Seen seen) {
        Kept kept = new Kept();
        Connections none = new Connections("production", Map.of(), Map.of());
        return new SoakActions(new ActionContext(none, clock, () -> kept), new Provider(clock, seen));
    }

    /** Mostly good; for some seeds bad too often, for others gone at times. */
    private static Seen changing(long seed) {
        double bad = seed % 3 == 0 ? 0.05 : 0.005;
        double gone = seed % 3 == 1 ? 0.05 : 0.005;
        return (check, at) -> {
            double chance = new Random(Objects.hash(seed, check, at)).nextDouble();
            return chance < gone ? null : Double.valueOf(chance < gone + bad ? 140.0 : 40.0 + chance);
        };
    }

    private static WatchInput input(Duration length) {
        return new WatchInput(
                "startup",
                "Startup",
                START,
                START.plus(length),
                Duration.ofMinutes(1),
                MOST_EXTENSION,
                List.of(check("p99", null), check("memory", Duration.ofMinutes(5))),
                Map.of("params", Map.of("bound", 100.0)),
                null);
    }

    private static WatchedCheck check(String id, @Nullable Duration interval) {
        return new WatchedCheck(
                id,
                id,
                "probe." + id,
                Map.of(),
                "result.value",
                "ms",
                interval,
                Duration.ZERO,
                "result.value < params.bound",
                null,
                new CheckLimits(0, 2, 4, 4, 0, OnNoData.INCONCLUSIVE));
    }

    private interface Seen {
        /** What is measured, or null where the provider is gone. */
        @Nullable
        Double at(String check, Instant time);
    }

    /** A provider that answers for any instant, and for now where it is asked for none. */
    private record Provider(Clock clock, Seen seen) implements Readers {
        @Override
        public boolean backfills(String action) {
            return true;
        }

        @Override
        public Object read(String action, StepRef step, Map<String, Object> with) {
            Instant at = with.get("time") instanceof String time ? Instant.parse(time) : clock.instant();
            Double value = seen.at(step.step(), at);
            if (value == null) {
                throw Failures.unavailable("the provider is gone", null);
            }
            return Map.of("value", value);
        }
    }

    /** What an activity keeps from attempt to attempt. */
    private static final class Kept implements Invocation {
        private @Nullable Object details;

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(@Nullable Object newDetails) {
            details = newDetails;
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.ofNullable(details).map(type::cast);
        }
    }
}
