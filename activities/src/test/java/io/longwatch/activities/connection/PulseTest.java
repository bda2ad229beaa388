package io.longwatch.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Duration FAST = Duration.ofMillis(5);

    @Test
    void heartbeatsWhileTheAttemptWaits() {
        // Given
        AtomicInteger beats = new AtomicInteger();

        // When
        try (Pulse pulse = new Pulse(beats::incrementAndGet, FAST, lost -> {})) {
            await().until(() -> beats.get() > 2);

            // Then
            assertThat(pulse.lost()).isNull();
        }
    }

    @Test
    void tellsOnceThatTheAttemptIsLostAndBeatsNoMore() {
        // Given
        AtomicInteger beats = new AtomicInteger();
        List<RuntimeException> told = new CopyOnWriteArrayList<>();
        RuntimeException cancelled = new IllegalStateException("cancelled");

        // When
        try (Pulse pulse = new Pulse(
                () -> {
                    beats.incrementAndGet();
                    throw cancelled;
                },
                FAST,
                told::add)) {
            await().during(FAST.multipliedBy(10)).until(() -> told.size() == 1);

            // Then
            assertThat(pulse.lost()).isSameAs(cancelled);
            assertThat(beats).hasValue(1);
        }
    }
}
