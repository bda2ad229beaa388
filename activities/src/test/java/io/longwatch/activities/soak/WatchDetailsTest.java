package io.longwatch.activities.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Json;
import io.longwatch.soak.WindowProgress;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchDetailsTest {
    private static final WindowProgress PROGRESS = new WindowProgress(
            "w",
            3,
            0,
            1,
            Instant.parse("2026-05-04T12:00:00Z"),
            Duration.ofMinutes(1),
            Duration.ZERO,
            Duration.ZERO,
            List.of());

    @Test
    void theProgressOfAWatchIsRead() {
        // When
        var read = WatchDetails.of(watch(PROGRESS), Json.dataConverter());

        // Then
        assertThat(read).contains(PROGRESS);
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void detailsThatAreNoProgressCountAsAbsent(Object details) {
        // When
        var read = WatchDetails.of(watch(details), Json.dataConverter());

        // Then
        assertThat(read).isEmpty();
    }

    static Stream<Object> foreign() {
        return Stream.of("12 lines read", 7, List.of("a"), Map.of("state", "3/2/0"), Map.of("checks", List.of()));
    }

    @Test
    void aWatchThatHasNotLookedHasNone() {
        // When
        var read = WatchDetails.of(PendingActivityInfo.getDefaultInstance(), Json.dataConverter());

        // Then
        assertThat(read).isEmpty();
    }

    private static PendingActivityInfo watch(Object details) {
        Payloads payloads = Json.dataConverter().toPayloads(details).orElseThrow();
        return PendingActivityInfo.newBuilder().setHeartbeatDetails(payloads).build();
    }
}
