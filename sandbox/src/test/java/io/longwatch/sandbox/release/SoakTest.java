package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.scale;
import static io.longwatch.sandbox.release.Plans.soak;
import static io.longwatch.sandbox.release.Plans.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class SoakTest {
    private static final String WINDOWS = soak(
            "",
            window("early", "duration: 2h, interval: 1m, deadline: 1h"),
            window("late", "duration: 4h, interval: 5m, deadline: 1h"));
    private static final String PLAN = of("", phase("deploy", "T", scale("one")), "", WINDOWS);

    private static final String ONE =
            of("", phase("deploy", "T", scale("one")), "", soak("", window("w", "duration: 2h, interval: 1m")));

    @Test
    void windowsFollowOneAnotherAndAFailedOneRollsBack() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            Instant from = Trial.begun(trial).plus(Duration.ofHours(3));
            trial.world.seen("latency", at -> Map.of("value", at.isAfter(from) ? 500.0 : 1.0, "summary", "x"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.PASSED, Verdict.FAILED);
            assertThat(record.soak().get(1).startsAt())
                    .isAfterOrEqualTo(record.soak().get(0).endsAt());
        }
    }

    @Test
    void aBlindWindowIsAskedAboutAndMayBeWaived() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.seen("latency", at -> {
                throw Failures.unavailable("gone", null);
            });
            trial.awaitQuestion("early");
            trial.world.seen("latency", at -> Map.of("value", 1.0, "summary", "x"));
            trial.decide(Verb.WAIVE, "early", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.WAIVED, Verdict.PASSED);
        }
    }

    @Test
    void anUnclearWindowMayBeWatchedForLonger() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.seen("latency", at -> {
                throw Failures.unavailable("gone", null);
            });
            trial.awaitQuestion("early");
            trial.world.seen("latency", at -> Map.of("value", 1.0, "summary", "x"));
            trial.send(trial.decision(Verb.EXTEND, "early", "ada", trial.shown("early"), "30m"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak().get(0).result().looks()).isEqualTo(30);
        }
    }

    @Test
    void aWindowIsLookedAtAtItsEndHoweverItsLooksFallAndMayBeLengthenedByLessThanOne() {
        // Given
        String windows = soak("", window("w", "duration: 90m, interval: 1h"));
        try (Trial trial = Trial.now(of("", phase("deploy", "T", scale("one")), "", windows))) {
            trial.pass(Duration.ofMinutes(30));
            trial.say(Verb.EXTEND, "10m");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            WindowRecord window = record.soak().get(0);
            assertThat(window.result().looks()).isEqualTo(3);
            assertThat(Duration.between(window.startsAt(), window.endsAt()))
                    .isBetween(Duration.ofMinutes(100), Duration.ofMinutes(101));
        }
    }

    @Test
    void anExtensionLengthensTheOpenWindow() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.EXTEND, "30m");
            assertThat(trial.record().soak().get(0).endsAt())
                    .isBetween(
                            Trial.begun(trial).plus(Duration.ofMinutes(150)),
                            Trial.begun(trial).plus(Duration.ofMinutes(152)));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak().get(0).result().looks()).isEqualTo(150);
        }
    }

    @ParameterizedTest
    @CsvSource({"EXTEND, 30m, ", "PAUSE, , RESUME", "HOLD, , RELEASE"})
    void whatIsSaidToASoakAddsAtMostTwelveEvents(Verb verb, @Nullable String argument, @Nullable Verb after) {
        // Given
        int without;
        try (Trial trial = Trial.now(ONE)) {
            trial.finish();
            without = trial.eventsAtMost();
        }
        try (Trial trial = Trial.now(ONE)) {
            trial.pass(Duration.ofHours(1));
            trial.send(trial.decision(verb, "release", "ada", null, argument));
            if (after != null) {
                trial.say(after);
            }

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            int said = after == null ? 1 : 2;
            assertThat(trial.eventsAtMost() - without)
                    .as(trial.eventsFrom(0).toString())
                    .isBetween(1, said * 12);
        }
    }

    @Test
    void aPauseOverTheEndOfAWindowAddsAtMostTwelveEventsAndItsResumptionToo() {
        // Given
        int without;
        try (Trial trial = Trial.now(ONE)) {
            trial.finish();
            without = trial.eventsAtMost();
        }
        try (Trial trial = Trial.now(ONE)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.PAUSE);
            trial.pass(Duration.ofHours(3));
            trial.say(Verb.RESUME);

            // When
            trial.finish();

            // Then
            assertThat(trial.eventsAtMost() - without)
                    .as(trial.eventsFrom(0).toString())
                    .isBetween(1, 24);
        }
    }

    @Test
    void anExtensionThatComesWhileNoWindowIsWatchedIsRefused() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.seen("latency", at -> {
                throw Failures.unavailable("gone", null);
            });
            trial.awaitQuestion("early");

            // When
            String refusal = trial.refused(trial.decision(Verb.EXTEND, "release", "ada", null, "1h"));

            // Then
            assertThat(refusal).isEqualTo("DecisionRefused: no soak window is open");
            trial.decide(Verb.ABORT, "early", "ada");
            trial.finish();
        }
    }

    @Test
    void looksGoOnThroughAPauseAndTheNextWindowWaits() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.PAUSE);
            trial.pass(Duration.ofHours(3));
            assertThat(trial.record().soak().get(0).verdict()).isNull();
            assertThat(trial.record().soak().get(1).startsAt()).isNull();
            trial.say(Verb.RESUME);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak().get(0).result().looks()).isBetween(238, 241);
            assertThat(record.soak().get(1).result().looks()).isEqualTo(48);
        }
    }

    @Test
    void whatFailsBehindTheEndOfAWindowInAPauseRollsBackAllTheSame() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            Instant from = Trial.begun(trial).plus(Duration.ofMinutes(150));
            trial.world.seen("latency", at -> Map.of("value", at.isAfter(from) ? 500.0 : 1.0, "summary", "x"));
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.PAUSE);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.FAILED, null);
        }
    }

    @Test
    void whatFailsWhilePeopleThinkOutranksTheQuestion() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.seen("latency", at -> {
                throw Failures.unavailable("gone", null);
            });
            trial.awaitQuestion("early");
            trial.world.seen("latency", at -> Map.of("value", 500.0, "summary", "x"));

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.FAILED, null);
            assertThat(record.reason()).contains("FAILED").doesNotContain("no answer");
        }
    }

    @Test
    void aRollbackAskedInTheMiddleOfAWindowTakesTheReleaseBack() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.ROLLBACK);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak().get(0).verdict()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK, ''", "ABORT, ''", "SUPERSEDE, bridge-production-20260504-2"})
    void whatAWindowHasSeenIsKeptWhenPeopleEndTheReleaseInItsMiddle(Verb verb, String argument) {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.world.seen("latency", at -> Map.of("value", 7.0, "summary", "x"));
            trial.pass(Duration.ofMinutes(90));
            trial.say(verb, argument);

            // When
            WindowRecord window = trial.finish().soak().get(0);

            // Then
            assertThat(window.verdict()).isNull();
            assertThat(window.result().looks()).isBetween(60, 120);
            assertThat(window.result().checks().get(0).last()).isEqualTo(7.0);
            assertThat(window.result().endedAt()).isBefore(window.endsAt());
        }
    }

    @Test
    void anAnswerThatRollsBackKeepsWhatTheOpenWindowHadSeenToo() {
        // Given
        String beside = of(
                "",
                phase("deploy", "T", scale("one"))
                        + phase("later", "T+1h", "{id: late, title: late, uses: redis.ping}"),
                "",
                soak("", window("w", "duration: 4h, interval: 1m")));
        try (Trial trial = Trial.now(beside)) {
            trial.world.on("redis.ping late", () -> {
                throw Failures.failed("no", null);
            });
            trial.world.reply("late", "ada", Verb.ROLLBACK);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).as(record.toString()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak().get(0).verdict()).isNull();
            assertThat(record.soak().get(0).result().looks()).isBetween(30, 90);
        }
    }

    @Test
    void aRollbackIsNotKeptBackByWhatCannotBeRead() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            trial.pass(Duration.ofHours(1));
            trial.world.hideWatches();
            DecisionOutcome said = trial.say(Verb.ROLLBACK);

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(said.accepted()).isTrue();
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak().get(0).result()).isNull();
            assertThat(record.timeline())
                    .anySatisfy(note -> assertThat(note.toString()).contains("could not be read"));
        }
    }

    @Test
    void aWindowAddsAtMostTwelveEvents() {
        // Given
        String two = of(
                "",
                phase("deploy", "T", scale("one")),
                "",
                soak("", window("w", "duration: 2h, interval: 1m"), window("x", "duration: 40h, interval: 10m")));
        try (Trial first = Trial.now(ONE);
                Trial second = Trial.now(two)) {
            first.finish();

            // When
            second.finish();

            // Then
            assertThat(second.eventsAtMost() - first.eventsAtMost()).isBetween(1, 12);
        }
    }

    @Test
    void theNextWindowBeginsWhenPeopleHaveAnsweredAndMissesNothing() {
        // Given
        String patient = of(
                "",
                phase("deploy", "T", scale("one")),
                "",
                soak(
                        "",
                        window("early", "duration: 2h, interval: 1m, deadline: 6h"),
                        window("late", "duration: 4h, interval: 5m")));
        try (Trial trial = Trial.now(patient)) {
            trial.world.seen("latency", at -> {
                throw Failures.unavailable("gone", null);
            });
            trial.awaitQuestion("early");
            trial.world.seen("latency", at -> Map.of("value", 1.0, "summary", "x"));
            trial.pass(Duration.ofHours(2));
            trial.decide(Verb.WAIVE, "early", "ada");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.soak()).extracting("verdict").containsExactly(Verdict.WAIVED, Verdict.PASSED);
            assertThat(record.soak().get(1).startsAt())
                    .isAfter(record.soak().get(0).endsAt().plus(Duration.ofHours(1)));
            assertThat(record.soak().get(1).result().looks()).isEqualTo(48);
            assertThat(record.soak().get(1).result().backfilled()).isZero();
        }
    }

    @Test
    void aLookThatSawNothingInAWindowOfFewIsAskedAbout() {
        // Given
        String few = of(
                "",
                phase("deploy", "T", scale("one")),
                "",
                soak("", window("w", "duration: 24h, interval: 6h, deadline: 1h, onMissed: rollback")));
        try (Trial trial = Trial.now(few)) {
            Instant from = Trial.begun(trial).plus(Duration.ofHours(11));
            Instant to = from.plus(Duration.ofHours(12));
            trial.world.seen("latency", at -> {
                if (at.isAfter(from) && at.isBefore(to)) {
                    throw Failures.unavailable("gone", null);
                }
                return Map.of("value", 1.0, "summary", "x");
            });

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ROLLED_BACK);
            assertThat(record.soak().get(0).result().uncovered()).isEqualTo(Duration.ofHours(6));
            assertThat(record.reason()).contains("nobody could see 6h of it");
            assertThat(record.soak().get(0).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(record.soak().get(0).reason()).isEqualTo("nobody could see 6h of it");
        }
    }

    @Test
    void aWindowThatNobodyWatchesIsToldOfAndGetsNoVerdictUntilAWorkerIsBack() {
        // Given
        try (Trial trial = Trial.now(ONE)) {
            trial.pass(Duration.ofMinutes(30));
            trial.leave();

            // When
            trial.pass(Duration.ofHours(5));

            // Then
            ReleaseRecord record = trial.record();
            assertThat(record.soak().get(0).verdict()).isNull();
            assertThat(record.timeline())
                    .extracting("text")
                    .satisfiesOnlyOnce(text -> assertThat((String) text)
                            .startsWith("window 'w' should have had its verdict by 2026-05-04 11:40")
                            .contains("is a worker running for environment 'production'?"));
            Trial.replay(trial.history());
        }
    }

    @Test
    void anAnchoredWindowEndsAsPlannedHoweverLateItBegins() {
        // Given
        String anchored = of(
                "",
                phase("deploy", "T", scale("one")),
                "",
                soak(
                        "",
                        window("early", "duration: 2h, interval: 1m"),
                        window("late", "duration: 4h, interval: 5m, anchored: true")));
        try (Trial trial = Trial.now(anchored)) {
            trial.pass(Duration.ofHours(1));
            trial.say(Verb.EXTEND, "1h");

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.soak().get(0).result().looks()).isEqualTo(180);
            assertThat(record.soak().get(1).result().looks()).isBetween(35, 36);
        }
    }
}
