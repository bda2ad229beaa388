package io.longwatch.activities.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Action;
import io.longwatch.contract.ActionResult;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.plan.Check.OnNoData;
import io.longwatch.soak.CheckLimits;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SoakActionsTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20260504-1", "production", "startup");

    private final Probe probe = new Probe();
    private final Hands hands = new Hands();
    private Instant now = START;

    @Test
    void aWindowThatSeesNothingWrongPassesAtItsEnd() {
        // When
        WindowResult result = watchToTheEnd(input(Duration.ofMinutes(10), "p99"));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.looks()).isEqualTo(10);
        assertThat(result.missed()).isZero();
        assertThat(result.endedAt()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void moreFailuresThanTheLimitEndTheWindowAtOnce() {
        // Given
        probe.sees = at -> at.isBefore(START.plus(Duration.ofMinutes(4))) ? 40.0 : 140.0;

        // When
        WindowResult result = watchToTheEnd(input(Duration.ofHours(4), "p99"));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(result.endedAt()).isEqualTo(START.plus(Duration.ofMinutes(6)));
        assertThat(result.summary()).contains("p99 FAILED").contains("140 ms");
    }

    @Test
    void aProviderThatIsGoneIsNoFailureAndTheWindowIsLengthenedByTheTime() {
        // Given
        probe.gone = at -> at.isAfter(START.plusSeconds(600)) && at.isBefore(START.plusSeconds(1800));

        // When
        WindowResult result = watchToTheEnd(input(Duration.ofHours(4), "p99"));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.extension()).isEqualTo(Duration.ofMinutes(19));
        assertThat(result.uncovered()).isZero();
    }

    @Test
    void aProviderThatIsGoneAtTheEndLeavesTheCheckBlind() {
        // Given
        probe.gone = at -> at.isAfter(START.plusSeconds(600));

        // When
        WindowResult result = watchToTheEnd(input(Duration.ofHours(1), "p99"));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.BLIND);
    }

    @Test
    void looksThatNobodyTookAreFilledInWhereTheCheckCanLookBack() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "p99");
        look(input, START.plusSeconds(60));

        // When
        look(input, START.plusSeconds(600));

        // Then
        assertThat(hands.progress().looks()).isEqualTo(2);
        assertThat(hands.progress().backfilled()).isEqualTo(8);
        assertThat(hands.progress().missed()).isZero();
        assertThat(probe.askedAt).contains(START.plusSeconds(120), START.plusSeconds(540));
    }

    @Test
    void looksThatNobodyTookAreMissedWhereItCannot() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "ready");
        look(input, START.plusSeconds(60));

        // When
        look(input, START.plusSeconds(600));

        // Then
        assertThat(hands.progress().missed()).isEqualTo(8);
        assertThat(hands.progress().unobserved()).isEqualTo(Duration.ofMinutes(8));
    }

    @Test
    void aLookThatComesEarlyCountsNothing() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "p99");
        look(input, START.plusSeconds(60));

        // When
        ApplicationFailure again = look(input, START.plusSeconds(70));

        // Then
        assertThat(hands.progress().looks()).isEqualTo(1);
        assertThat(again.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aLookSaysWhatItSawAndWhenTheNextIsDue() {
        // When
        ApplicationFailure again = look(input(Duration.ofMinutes(30), "p99"), START.plusSeconds(60));

        // Then
        assertThat(again.getOriginalMessage()).isEqualTo("look 1: p99 40 ms; next look at 2026-05-04T12:02:00Z");
        assertThat(again.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(again.isNonRetryable()).isFalse();
    }

    @Test
    void figuresWithoutDataAreInconclusiveByDefault() {
        // Given
        probe.sees = at -> null;

        // When
        WindowResult result = watchToTheEnd(input(Duration.ofMinutes(10), "p99"));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private WindowResult watchToTheEnd(WatchInput input) {
        for (int i = 0; i < 2000; i++) {
            now = now.plusSeconds(60);
            try {
                return actions().watch(STEP, input);
            } catch (ApplicationFailure looked) {
                assertThat(looked.getType()).isEqualTo("Looked");
            }
        }
        throw new AssertionError("no verdict in 2000 looks");
    }

    private ApplicationFailure look(WatchInput input, Instant at) {
        now = at;
        return catchThrowableOfType(ApplicationFailure.class, () -> actions().watch(STEP, input));
    }

    private SoakActions actions() {
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        Connections none = new Connections("production", Map.of(), Map.of());
        return new SoakActions(new ActionContext(none, clock, () -> hands), ReadActions.of(List.of(probe)));
    }

    private static WatchInput input(Duration length, String... checks) {
        List<WatchedCheck> watched = List.of(checks).stream()
                .map(id -> new WatchedCheck(
                        id,
                        id,
                        "probe." + id,
                        Map.of(),
                        "result.value",
                        "ms",
                        Duration.ZERO,
                        "result.value < 100.0",
                        null,
                        new CheckLimits(0, 2, 4, 4, 0, OnNoData.INCONCLUSIVE)))
                .toList();
        return new WatchInput(
                "startup",
                "Startup",
                START,
                START.plus(length),
                Duration.ofMinutes(1),
                length.dividedBy(4),
                watched,
                Map.of(),
                null);
    }

    /** Keeps heartbeat details from look to look, as the server does. */
    private static final class Hands implements Invocation {
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

        WindowProgress progress() {
            return (WindowProgress) details;
        }
    }

    record Nothing(@Nullable Instant time) {}

    record Figure(@Nullable Double value, boolean noData, String summary) implements ActionResult {}

    @ActionSystem(name = "probe", title = "Probe")
    @ActivityInterface
    interface ProbeActivities {
        @Action(title = "P99", description = "", backfills = true, example = "{}")
        @ActivityMethod(name = "probe.p99")
        Figure p99(StepRef step, Nothing input);

        @Action(title = "Ready", description = "", example = "{}")
        @ActivityMethod(name = "probe.ready")
        Figure ready(StepRef step, Nothing input);
    }

    final class Probe implements ProbeActivities {
        private Function<Instant, @Nullable Double> sees = at -> 40.0;
        private Function<Instant, Boolean> gone = at -> false;
        private final List<Instant> askedAt = new java.util.ArrayList<>();

        @Override
        public Figure p99(StepRef step, Nothing input) {
            Instant at = input.time() == null ? now : input.time();
            askedAt.add(at);
            if (gone.apply(at)) {
                throw Failures.unavailable("gone", null);
            }
            Double value = sees.apply(at);
            return new Figure(value, value == null, "");
        }

        @Override
        public Figure ready(StepRef step, Nothing input) {
            return new Figure(1.0, false, "");
        }
    }
}
