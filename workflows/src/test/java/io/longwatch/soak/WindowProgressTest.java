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
        WindowProgress extended = unseen.extended(input);

        // Then
        assertThat(extended.extension()).isEqualTo(Duration.ofHours(6));
        assertThat(extended.uncovered()).isEqualTo(Duration.ofMinutes(40));
        assertThat(extended.endsAt(input)).isEqualTo(START.plus(Duration.ofHours(30)));
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
