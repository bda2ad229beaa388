package io.longwatch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookBoundTest {
    @ParameterizedTest
    @CsvSource({
        "PT1M, 1, PT20S, PT20S",
        "PT1M, 4, PT20S, PT20S",
        "PT1M, 6, PT15S, PT30S",
        "PT1M, 40, PT5S, PT50S",
        "PT6H, 40, PT20S, PT3M20S",
        "PT1S, 1, PT5S, PT5S"
    })
    void aLookHasTimeForItsChecksAndLeavesHalfOfTheTimeToTheNext(
            Duration interval, int checks, Duration check, Duration look) {
        // When
        LookBound bound = LookBound.of(Watched.window(interval, checks));

        // Then
        assertThat(bound).isEqualTo(new LookBound(look, check));
    }

    @Test
    void anAttemptHasTimeForPastLooksAndForOneLook() {
        // When
        Duration attempt =
                LookBound.of(Watched.window(Duration.ofMinutes(1), 6)).attempt();

        // Then
        assertThat(attempt).isEqualTo(Duration.ofSeconds(70));
    }

    @ParameterizedTest
    @CsvSource({"PT60S, PT12.5S, PT25S", "PT120S, PT15S, PT30S", "PT8S, PT1S, PT2S"})
    void anAttemptOfAnOlderReleaseHasWhatTheServerGivesIt(Duration attempt, Duration check, Duration look) {
        // When
        LookBound bound = LookBound.of(Watched.window(Duration.ofMinutes(1), 6), attempt);

        // Then
        assertThat(bound).isEqualTo(new LookBound(look, check));
    }
}
