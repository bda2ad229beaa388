package io.longwatch.activities.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.Measurement.Outcome;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.ActivityCanceledException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoakActionsTest {
    private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20260504-1", "production", "startup");

    private final Probe probe = new Probe();
    private final Hands hands = new Hands();
    private volatile Instant now = START;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "params.patience < duration('1h') && params.patience == duration('5m')",
                "params.name == 'PT5M' && size(params.name) == 4",
                "release.deployAt < timestamp('2026-05-04T13:00:00Z')",
                "steps.second_node.finishedAt - steps.second_node.startedAt == duration('10m')"
            })
    void timesAndDurationsAreCompared(String condition) {
        // Given
        Map<String, Object> scope = Map.of(
                "params",
                Map.of("patience", "PT5M", "name", "PT5M", "share", 0.5),
                "release",
                Map.of("deployAt", START.toString(), "requester", "ada"),
                "steps",
                Map.of(
                        "second_node",
                        Map.of("startedAt", "2026-05-04T11:00:00Z", "finishedAt", "2026-05-04T11:10:00Z")));

        // When
        WindowResult result = watchToTheEnd(judging(condition, scope));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
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

    @Test
    void aBreachInATimeThatNobodyWatchedCountsAndWhatCannotLookBackIsUnobserved() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "p99", "ready");
        look(input, START.plusSeconds(60));
        probe.sees = at -> at.isAfter(START.plusSeconds(200)) && at.isBefore(START.plusSeconds(400)) ? 140.0 : 40.0;

        // When
        now = START.plusSeconds(600);
        WindowResult result = actions().watch(STEP, input);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(hands.progress().of("p99").failed()).isEqualTo(3);
        assertThat(hands.progress().missed()).isZero();
        assertThat(hands.progress().unobserved()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theLastLookIsFilledInTooWhereNobodyTookItInTime() {
        // Given
        WatchInput input = input(Duration.ofMinutes(10), "p99");

        // When
        now = START.plus(Duration.ofHours(5));
        WindowResult result = actions().watch(STEP, input);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.backfilled()).isEqualTo(10);
        assertThat(probe.askedAt).last().isEqualTo(START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void fillingInEndsWithTheTimeForItAndGoesOnInTheNextAttempt() {
        // Given
        WatchInput input = input(Duration.ofHours(24), "p99");
        look(input, START.plusSeconds(60));
        probe.takes = Duration.ofSeconds(4);

        // When
        ApplicationFailure again = look(input, START.plus(Duration.ofHours(2)));
        int first = hands.progress().backfilled();
        ApplicationFailure once = look(input, now);

        // Then
        assertThat(first).isEqualTo(5);
        assertThat(again.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(again.getOriginalMessage()).endsWith("filled in from 2026-05-04T12:07:00Z");
        assertThat(hands.progress().backfilled()).isEqualTo(10);
        assertThat(once.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everyFilledInLookIsKeptAtOnce() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "p99");
        look(input, START.plusSeconds(60));
        hands.kept.clear();

        // When
        look(input, START.plusSeconds(300));

        // Then
        assertThat(hands.kept)
                .extracting(kept -> ((WindowProgress) kept).backfilled())
                .containsExactly(1, 2, 3, 3);
    }

    @Test
    void aLongOutageIsCaughtUpWithBeforeTheVerdict() {
        // Given
        WatchInput input = input(Duration.ofHours(24), "p99");
        look(input, START.plusSeconds(60));
        now = START.plus(Duration.ofHours(20));

        // When
        WindowResult result = watchToTheEnd(input);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.missed()).isZero();
        assertThat(result.looks() + result.backfilled()).isEqualTo(24 * 60);
    }

    @Test
    void aCheckThatHangsIsAnErrorOfItsOwn() {
        // Given
        hands.bound = Duration.ofSeconds(4);
        probe.reading = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        // When
        look(input(Duration.ofMinutes(30), "p99", "ready"), START.plusSeconds(60));

        // Then
        assertThat(hands.progress().of("ready").errors()).isEqualTo(1);
        assertThat(hands.progress().of("ready").message()).isEqualTo("no answer within 1.0 s");
        assertThat(hands.progress().of("p99").passed()).isEqualTo(1);
    }

    @Test
    void aCheckThatReportsProgressOfItsOwnLeavesThatOfTheWindow() {
        // Given
        probe.reading = () -> Invocation.current().heartbeat("12 lines read");

        // When
        look(input(Duration.ofMinutes(30), "ready"), START.plusSeconds(60));

        // Then
        assertThat(hands.kept).isNotEmpty().allSatisfy(kept -> assertThat(kept).isInstanceOf(WindowProgress.class));
        assertThat(hands.progress().of("ready").passed()).isEqualTo(1);
    }

    @Test
    void aCheckSeesNoDetailsOfTheWatchAndIsAskedOnce() {
        // Given
        List<Object> seen = new CopyOnWriteArrayList<>();
        probe.reading = () -> {
            Invocation glance = Invocation.current();
            seen.add(glance.lastHeartbeat(Object.class));
            seen.add(glance.once());
            seen.add(glance.attempt());
        };
        WatchInput input = input(Duration.ofMinutes(30), "ready");
        look(input, START.plusSeconds(60));
        seen.clear();

        // When
        look(input, START.plusSeconds(120));

        // Then
        assertThat(seen).containsExactly(Optional.empty(), true, 1);
    }

    @Test
    void detailsThatCannotBeReadCountAsAbsent() {
        // Given
        WatchInput input = input(Duration.ofMinutes(30), "p99");
        look(input, START.plusSeconds(60));
        hands.details = "12 lines read";

        // When
        look(input, START.plusSeconds(120));

        // Then
        assertThat(hands.progress().looks() + hands.progress().backfilled()).isEqualTo(2);
    }

    @Test
    void whateverACheckThrowsIsItsErrorAlone() {
        // Given
        probe.reading = () -> {
            throw new IllegalStateException("password=hunter2");
        };

        // When
        look(input(Duration.ofMinutes(30), "ready", "p99"), START.plusSeconds(60));

        // Then
        assertThat(hands.progress().of("ready").errors()).isEqualTo(1);
        assertThat(hands.progress().of("ready").message())
                .isEqualTo("probe.ready failed in a way it does not foresee: java.lang.IllegalStateException");
        assertThat(hands.progress().of("p99").passed()).isEqualTo(1);
    }

    @Test
    void aCancelledAttemptIsNoMeasurement() {
        // Given
        probe.reading = () -> {
            hands.cancelled = true;
            Invocation.current().heartbeat(null);
        };

        // When / Then
        assertThatThrownBy(() -> {
                    now = START.plusSeconds(60);
                    actions().watch(STEP, input(Duration.ofMinutes(30), "ready"));
                })
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(hands.progress().of("ready").measured()).isZero();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Failures.unexpected("status 500"), Outcome.FAILED),
                Arguments.of(Failures.pending("1 of 2 ready", Duration.ofSeconds(5)), Outcome.INCONCLUSIVE),
                Arguments.of(Failures.unavailable("gone", null), Outcome.ERROR),
                Arguments.of(Failures.failed("bad query", null), Outcome.ERROR),
                Arguments.of(Failures.notFound("no such pod"), Outcome.ERROR));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void onlyAnAnswerIsAFinding(ApplicationFailure failure, Outcome outcome) {
        // Given
        probe.reading = () -> {
            throw failure;
        };

        // When
        look(input(Duration.ofMinutes(30), "ready"), START.plusSeconds(60));

        // Then
        CheckProgress ready = hands.progress().of("ready");
        assertThat(List.of(ready.failed(), ready.inconclusive(), ready.errors()))
                .containsExactly(
                        outcome == Outcome.FAILED ? 1 : 0,
                        outcome == Outcome.INCONCLUSIVE ? 1 : 0,
                        outcome == Outcome.ERROR ? 1 : 0);
        assertThat(ready.message()).isEqualTo(failure.getOriginalMessage());
    }

    @Test
    void oneLookThatNobodyTookLengthensTheWindow() {
        // Given
        WatchInput input = input(Duration.ofMinutes(10), "ready");
        look(input, START.plusSeconds(60));
        now = START.plusSeconds(120);

        // When
        WindowResult result = watchToTheEnd(input);

        // Then
        assertThat(result.missed()).isEqualTo(1);
        assertThat(result.extension()).isEqualTo(Duration.ofMinutes(1));
        assertThat(result.uncovered()).isZero();
        assertThat(result.endedAt()).isEqualTo(START.plus(Duration.ofMinutes(11)));
    }

    @Test
    void aWorkerThatComesBackLongBehindTheEndStillLooksForTheTimeNobodySaw() {
        // Given
        WatchInput input = input(Duration.ofMinutes(20), "ready");
        for (int minute = 1; minute <= 17; minute++) {
            look(input, START.plusSeconds(60L * minute));
        }

        // When
        now = START.plus(Duration.ofHours(2));
        WindowResult result = watchToTheEnd(input);

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.missed()).isEqualTo(3);
        assertThat(result.looks()).isEqualTo(20);
        assertThat(result.extension()).isEqualTo(Duration.ofMinutes(3));
        assertThat(result.uncovered()).isZero();
        assertThat(result.endedAt()).isEqualTo(START.plus(Duration.ofMinutes(124)));
    }

    @Test
    void aCheckWithAnIntervalOfItsOwnIsMeasuredLessOften() {
        // Given
        WatchedCheck often = check("p99", null);
        WatchedCheck rarely = check("ready", Duration.ofMinutes(5));

        // When
        WindowResult result = watchToTheEnd(window(Duration.ofMinutes(20), List.of(often, rarely)));

        // Then
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.checks())
                .extracting(WindowResult.CheckVerdict::measured)
                .containsExactly(20, 4);
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
        return catchThrowableOfType(
                ApplicationFailure.class,
                () -> Invocation.within(hands, () -> actions().watch(STEP, input)));
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
        ActionContext context = new ActionContext(none, clock, () -> hands);
        return new SoakActions(context, ReadActions.of(List.of(probe)));
    }

    private static WatchInput input(Duration length, String... checks) {
        return window(length, Stream.of(checks).map(id -> check(id, null)).toList());
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
                "result.value < 100.0",
                null,
                new CheckLimits(0, 2, 4, 4, 0, OnNoData.INCONCLUSIVE));
    }

    private static WatchInput judging(String condition, Map<String, Object> scope) {
        WatchedCheck check = new WatchedCheck(
                "p99",
                "p99",
                "probe.p99",
                Map.of(),
                null,
                "",
                null,
                Duration.ZERO,
                condition,
                null,
                new CheckLimits(0, 0, 0, 0, 0, OnNoData.INCONCLUSIVE));
        return window(Duration.ofMinutes(2), List.of(check), scope);
    }

    private static WatchInput window(Duration length, List<WatchedCheck> watched) {
        return window(length, watched, Map.of());
    }

    private static WatchInput window(Duration length, List<WatchedCheck> watched, Map<String, Object> scope) {
        return new WatchInput(
                "startup",
                "Startup",
                START,
                START.plus(length),
                Duration.ofMinutes(1),
                length.dividedBy(4),
                watched,
                scope,
                null);
    }

    /** Keeps heartbeat details from look to look, as the server does. */
    private static final class Hands implements Invocation {
        private final List<Object> kept = new CopyOnWriteArrayList<>();
        private volatile @Nullable Object details;
        private volatile boolean cancelled;
        private @Nullable Duration bound;

        @Override
        public int attempt() {
            return 3;
        }

        @Override
        public void heartbeat(@Nullable Object newDetails) {
            details = newDetails;
            kept.add(Objects.requireNonNull(newDetails));
            if (cancelled) {
                throw new ActivityCanceledException();
            }
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            try {
                return Optional.ofNullable(details).map(type::cast);
            } catch (ClassCastException e) {
                throw new DataConverterException("not a " + type, e);
            }
        }

        @Override
        public Optional<Duration> bound() {
            return Optional.ofNullable(bound);
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
        private final List<Instant> askedAt = new CopyOnWriteArrayList<>();
        private Duration takes = Duration.ZERO;
        private Runnable reading = () -> {};

        @Override
        public Figure p99(StepRef step, Nothing input) {
            Instant at = input.time() == null ? now : input.time();
            askedAt.add(at);
            now = now.plus(takes);
            if (gone.apply(at)) {
                throw Failures.unavailable("gone", null);
            }
            Double value = sees.apply(at);
            return new Figure(value, value == null, "");
        }

        @Override
        public Figure ready(StepRef step, Nothing input) {
            reading.run();
            return new Figure(1.0, false, "");
        }
    }
}
