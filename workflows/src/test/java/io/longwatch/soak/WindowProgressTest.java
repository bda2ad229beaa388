package io.longwatch.soak;

import static io.longwatch.soak.Watched.START;
import static io.longwatch.soak.Watched.check;
import static io.longwatch.soak.Watched.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.soak.Measurement.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowProgressTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant FIRST = START.plus(MINUTE);
    private static final Measurement PASSED = Measurement.passed(1.0);
    private static final Measurement ERROR = Measurement.of(Outcome.ERROR, null, "gone");
    private static final Measurement MISSED = Measurement.of(Outcome.MISSED, null, "nobody looked");

    private final WatchInput input =
            window(MINUTE, check("often"), check("rarely", Duration.ofHours(6), Duration.ZERO));
    private final WindowProgress begun = WindowProgress.begin(input);

    @Test
    void aPastLookThatOneCheckCanFillInIsFilledInAndUnobservedForTheOther() {
        // When
        WindowProgress progress = begun.with(input, FIRST, true, Map.of("often", PASSED, "rarely", MISSED));

        // Then
        assertThat(progress.backfilled()).isEqualTo(1);
        assertThat(progress.missed()).isZero();
        assertThat(progress.of("often").passed()).isEqualTo(1);
        assertThat(progress.of("rarely").measured()).isZero();
        assertThat(progress.unobserved()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    void aPastLookThatNoCheckCanFillInIsMissed() {
        // When
        WindowProgress progress = begun.with(input, FIRST, true, Map.of("often", MISSED));

        // Then
        assertThat(progress.missed()).isEqualTo(1);
        assertThat(progress.backfilled()).isZero();
        assertThat(progress.unobserved()).isEqualTo(MINUTE);
    }

    @Test
    void anErrorLeavesTheTimeUnobserved() {
        // When
        WindowProgress progress = begun.with(input, FIRST, false, Map.of("often", ERROR));

        // Then
        assertThat(progress.looks()).isEqualTo(1);
        assertThat(progress.unobserved()).isEqualTo(MINUTE);
    }

    @Test
    void aLookAtWhichNoCheckIsDueLeavesNothingUnobserved() {
        // When
        WindowProgress progress = begun.with(input, FIRST, false, Map.of());

        // Then
        assertThat(progress.unobserved()).isZero();
        assertThat(progress.nextDue(input)).isEqualTo(FIRST.plus(MINUTE));
    }

    @Test
    void theExtensionIsAsLongAsTheTimeNobodySawUpToItsMost() {
        // Given
        WindowProgress unseen = begun.withMissed(input, 400, START.plus(Duration.ofMinutes(400)));

        // When
        WindowProgress extended = unseen.extended(input, START.plus(Duration.ofMinutes(400)));

        // Then
        assertThat(extended.extension()).isEqualTo(Duration.ofHours(6));
        assertThat(extended.uncovered()).isEqualTo(Duration.ofMinutes(40));
        assertThat(extended.endsAt(input)).isEqualTo(START.plus(Duration.ofHours(30)));
    }

    @ParameterizedTest
    @CsvSource({
        // As the window ends in time: the next look is due a minute later.
        "PT10M5S, PT0S, PT11M, PT14M",
        // Whole intervals are left out, and the next look is still to come.
        "PT11M, PT1M, PT12M, PT15M",
        "PT1H30S, PT50M, PT1H1M, PT1H4M"
    })
    void anExtensionLiesAheadHoweverLateItIsFoundOut(
            Duration foundOut, Duration skipped, Duration nextLook, Duration end) {
        // Given
        WatchInput tenMinutes = input.until(START.plus(Duration.ofMinutes(10)));
        WindowProgress unseen =
                WindowProgress.begin(tenMinutes).withMissed(tenMinutes, 4, START.plus(Duration.ofMinutes(10)));

        // When
        WindowProgress extended = unseen.extended(tenMinutes, START.plus(foundOut));

        // Then
        assertThat(extended.extension()).isEqualTo(Duration.ofMinutes(4));
        assertThat(extended.skipped()).isEqualTo(skipped);
        assertThat(extended.nextDue(tenMinutes)).isEqualTo(START.plus(nextLook));
        assertThat(extended.endsAt(tenMinutes)).isEqualTo(START.plus(end));
        assertThat(extended.uncovered()).isZero();
    }

    @Test
    void timeThatSeveralChecksDidNotSeeCountsOnce() {
        // Given
        WatchInput both = window(MINUTE, check("often"), check("seldom", Duration.ofMinutes(5), Duration.ZERO));
        WindowProgress progress = WindowProgress.begin(both);

        // When
        for (int minute = 1; minute <= 10; minute++) {
            Map<String, Measurement> seen =
                    minute % 5 == 0 ? Map.of("often", ERROR, "seldom", MISSED) : Map.of("often", ERROR);
            progress = progress.with(both, START.plus(MINUTE.multipliedBy(minute)), false, seen);
        }

        // Then
        assertThat(progress.unobserved()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatAnOlderWorkerCountedIsKept() throws JsonProcessingException {
        // Given
        String details = """
                {"window":"w","looks":3,"backfilled":0,"missed":2,"lastLookAt":"2026-05-04T12:05:00Z",\
                "unobserved":"PT2M","extension":"PT0S",\
                "checks":[{"id":"often","measured":3,"passed":3,"series":[],"stride":1}]}""";

        // When
        WindowProgress progress = Json.mapper()
                .readValue(details, WindowProgress.class)
                .with(input, FIRST.plus(Duration.ofMinutes(5)), false, Map.of("often", ERROR));

        // Then
        assertThat(progress.unobserved()).isEqualTo(Duration.ofMinutes(3));
        assertThat(progress.skipped()).isZero();
    }

    @Test
    void theWorstCheckDecides() {
        // When
        WindowProgress progress = begun.with(
                        input,
                        FIRST,
                        false,
                        Map.of("often", PASSED, "rarely", Measurement.of(Outcome.FAILED, 1.0, "x")))
                .with(input, FIRST, false, Map.of("often", PASSED, "rarely", Measurement.of(Outcome.FAILED, 1.0, "x")));

        // Then
        assertThat(progress.failed(input)).isTrue();
        assertThat(progress.of("often").verdict(input.checks().get(0).limits())).isEqualTo(Verdict.PASSED);
    }

    @Test
    void fortyChecksWithLongMessagesAndSeriesStayUnderEightKilobytes() throws JsonProcessingException {
        // Given
        WatchInput many = window(MINUTE, 40);
        String words = "\"the provider said\"\n\u0007".repeat(500);
        WindowProgress progress = WindowProgress.begin(many);
        for (int i = 0; i < 600; i++) {
            Map<String, Measurement> seen = new LinkedHashMap<>();
            double figure = Math.sqrt(i) * 1e-7;
            Outcome outcome = Outcome.values()[i % Outcome.values().length];
            many.checks().forEach(one -> seen.put(one.id(), Measurement.of(outcome, figure, words)));
            progress =
                    progress.with(many, START.plusSeconds(60L * i), false, seen).withinBudget();
        }

        // When
        byte[] details = Json.mapper().writeValueAsBytes(progress);

        // Then
        assertThat(details.length).isLessThan(8 * 1024);
        assertThat(Json.mapper().convertValue(progress, WindowProgress.class)).isEqualTo(progress);
        assertThat(progress.of("check-39").measured()).isEqualTo(500);
        assertThat(progress.verdict(many)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFewChecksKeepTheirSeriesAndMessages() {
        // Given
        WindowProgress progress = begun.with(input, FIRST, false, Map.of("often", ERROR, "rarely", PASSED));

        // When
        WindowProgress kept = progress.withinBudget();

        // Then
        assertThat(kept).isEqualTo(progress);
    }
}
