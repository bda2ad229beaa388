package io.longwatch.soak;

import static io.longwatch.soak.Watched.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedCheckTest {
    @ParameterizedTest
    @CsvSource({
        ", PT0S, 1 2 3 4 5 6 7 8 9 10",
        ", PT4M30S, 5 6 7 8 9 10",
        "PT1M, PT0S, 1 2 3 4 5 6 7 8 9 10",
        "PT3M, PT0S, 3 6 9",
        "PT3M, PT4M, 6 9",
        "PT2M30S, PT0S, 3 5 8 10",
        "PT10S, PT8M, 8 9 10"
    })
    void aCheckIsDueAtMultiplesOfItsInterval(@Nullable Duration interval, Duration delay, String minutes) {
        // Given
        WatchedCheck check = Watched.check("c", interval, delay);
        WatchInput window = Watched.window(Duration.ofMinutes(1), check);

        // When
        List<String> due = IntStream.rangeClosed(1, 10)
                .filter(minute -> check.due(window, START.plus(Duration.ofMinutes(minute))))
                .mapToObj(String::valueOf)
                .toList();

        // Then
        assertThat(due).containsExactly(minutes.split(" "));
    }
}
