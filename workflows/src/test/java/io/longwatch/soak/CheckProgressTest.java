package io.longwatch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.plan.Check.OnNoData;
import io.longwatch.soak.Measurement.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckProgressTest {
    private static final CheckLimits LIMITS = Watched.limits(0, 1, OnNoData.INCONCLUSIVE);

    /** P passed, F failed, I inconclusive, N no data, E error. */
    private static CheckProgress after(String outcomes, CheckLimits limits) {
        CheckProgress progress = CheckProgress.begin("c");
        for (char outcome : outcomes.toCharArray()) {
            progress = progress.with(new Measurement(outcome(outcome), 1.0, null), limits);
        }
        return progress;
    }

    private static Outcome outcome(char letter) {
        return switch (letter) {
            case 'P' -> Outcome.PASSED;
            case 'F' -> Outcome.FAILED;
            case 'I' -> Outcome.INCONCLUSIVE;
            case 'N' -> Outcome.NO_DATA;
            default -> Outcome.ERROR;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "'', INCONCLUSIVE",
        "PPP, PASSED",
        "PFP, PASSED",
        "PFPF, FAILED",
        "PIP, PASSED",
        "PII, INCONCLUSIVE",
        "PNN, INCONCLUSIVE",
        "I, INCONCLUSIVE",
        "PEE, PASSED",
        "PEEE, BLIND",
        "PEEEP, PASSED",
        "E, BLIND",
        "FFEEE, FAILED",
        "IIEEE, BLIND"
    })
    void aVerdictFollowsFromCountsAndLimits(String outcomes, Verdict verdict) {
        // When
        CheckProgress progress = after(outcomes, LIMITS);

        // Then
        assertThat(progress.verdict(LIMITS)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"PASSED, PASSED", "FAILED, FAILED", "INCONCLUSIVE, INCONCLUSIVE"})
    void aMeasurementWithoutDataCountsAsTheCheckSays(OnNoData rule, Verdict verdict) {
        // Given
        CheckLimits limits = Watched.limits(0, 1, rule);

        // When
        CheckProgress progress = after("NN", limits);

        // Then
        assertThat(progress.verdict(limits)).isEqualTo(verdict);
        assertThat(progress.noData()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"PPP, true", "PIP, true", "PP, false", "PPE, false", "EEEE, false", "PPEP, true"})
    void aCheckIsSettledByItsCountToWhichErrorsDoNotAdd(String outcomes, boolean settled) {
        // Given
        CheckLimits limits = Watched.limits(3, 1, OnNoData.INCONCLUSIVE);

        // When
        CheckProgress progress = after(outcomes, limits);

        // Then
        assertThat(progress.settled(limits)).isEqualTo(settled);
    }

    @Test
    void theSampleOfALongSeriesStaysSmallAndCoversAllOfIt() {
        // When
        CheckProgress progress = CheckProgress.begin("c");
        for (int i = 0; i < 2880; i++) {
            progress = progress.with(Measurement.passed((double) i), LIMITS);
        }

        // Then
        assertThat(progress.series())
                .hasSizeBetween(16, CheckProgress.MOST_SAMPLES)
                .isSorted();
        assertThat(progress.series().get(0)).isZero();
        assertThat(progress.series().get(progress.series().size() - 1)).isGreaterThan(2700);
        assertThat(progress.least()).isZero();
        assertThat(progress.greatest()).isEqualTo(2879);
    }

    @Test
    void figuresOfTheSampleAreRoundedAndTheOthersAreNot() {
        // When
        CheckProgress progress = CheckProgress.begin("c").with(Measurement.passed(12.3456789), LIMITS);

        // Then
        assertThat(progress.series()).containsExactly(12.3457);
        assertThat(progress.last()).isEqualTo(12.3456789);
    }

    @ParameterizedTest
    @CsvSource({"4000, 32, 500", "700, 9, 320", "300, 8, 80", "60, 0, 0"})
    void aStateThatIsTooLargeGivesUpSamplesAndThenWordsAndNeverCounts(int bytes, int samples, int words) {
        // Given
        CheckProgress progress = CheckProgress.begin("c");
        for (int i = 0; i < 32; i++) {
            progress = progress.with(Measurement.of(Outcome.FAILED, i * 1.234567e-5, "x".repeat(10_000)), LIMITS);
        }

        // When
        CheckProgress small = progress.within(bytes);

        // Then
        assertThat(small.series().size()).isLessThanOrEqualTo(samples);
        assertThat(small.message() == null ? 0 : small.message().length()).isLessThanOrEqualTo(words);
        assertThat(small.measured()).isEqualTo(32);
        assertThat(small.verdict(LIMITS)).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aStateThatIsSmallEnoughStaysAsItIs() {
        // Given
        CheckProgress progress = after("PFNE", LIMITS);

        // When
        CheckProgress same = progress.within(1000);

        // Then
        assertThat(same).isEqualTo(progress);
    }

    @Test
    void itComesBackFromJsonAsItWas() throws JsonProcessingException {
        // Given
        CheckProgress progress = after("PPFNEE", LIMITS);

        // When
        CheckProgress back = Json.mapper().readValue(Json.mapper().writeValueAsString(progress), CheckProgress.class);

        // Then
        assertThat(back).isEqualTo(progress);
    }

    @Test
    void whatAnOlderWorkerWroteIsRead() throws JsonProcessingException {
        // When
        CheckProgress back = Json.mapper().readValue("""
            {"id":"c","measured":3,"passed":2,"failed":1,"inconclusive":0,"noData":0,"errors":0,
             "errorsInRow":0,"successesInRow":1,"last":4.0,"least":1.0,"greatest":4.0,
             "series":[1.0,4.0],"stride":2}\
            """, CheckProgress.class);

        // Then
        assertThat(back)
                .isEqualTo(
                        new CheckProgress("c", 3, 2, 1, 0, 0, 0, 0, 0, 1, 4.0, 1.0, 4.0, List.of(1.0, 4.0), 2, null));
    }
}
