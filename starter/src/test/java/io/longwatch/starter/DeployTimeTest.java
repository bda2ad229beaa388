package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeployTimeTest {
    /** 10:00 in Berlin. */
    private static final World WORLD = new World(
            Clock.fixed(Instant.parse("2025-01-27T09:00:00Z"), ZoneId.of("UTC")),
            ZoneId.of("Europe/Berlin"),
            Map.of(),
            "ada",
            (address, namespace) -> {
                throw new AssertionError("not asked for");
            },
            false);

    @ParameterizedTest
    @CsvSource({
        "2025-02-03T14:30:00Z, 2025-02-03T14:30:00Z",
        "2025-02-03T14:30Z, 2025-02-03T14:30:00Z",
        "2025-02-03T14:30+02:00, 2025-02-03T12:30:00Z",
        "2025-02-03T14:30, 2025-02-03T13:30:00Z",
        "2025-02-03 14:30, 2025-02-03T13:30:00Z",
        "14:30, 2025-01-27T13:30:00Z",
        "9:30, 2025-01-28T08:30:00Z",
        "14:30 today, 2025-01-27T13:30:00Z",
        "tomorrow 14:30, 2025-01-28T13:30:00Z",
        "+3h, 2025-01-27T12:00:00Z",
        "+1h30m, 2025-01-27T10:30:00Z"
    })
    void aTimeIsReadAsPeopleWriteIt(String text, Instant expected) {
        // When
        Instant time = DeployTime.parse(text, WORLD);

        // Then
        assertThat(time).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "25:00", "14:61", "+soon", "2025-13-01T10:00Z", "", "+PT2562047788015215H"})
    void whatIsNoTimeSaysWhatWouldBe(String text) {
        // When / Then
        assertThatThrownBy(() -> DeployTime.parse(text, WORLD))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("is not a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-01-26T14:30Z", "9:30 today"})
    void aPastTimeIsRefused(String text) {
        // When / Then
        assertThatThrownBy(() -> DeployTime.parse(text, WORLD))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("is past");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2100-01-01T10:00Z", "+999999999-12-31T23:59:59Z"})
    void aTimeThatNoReleaseWaitsForIsRefused(String text) {
        // When / Then
        assertThatThrownBy(() -> DeployTime.parse(text, WORLD))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("is more than ten years away");
    }
}
