package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SoakWatchdogTest {
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final String PRODUCTION = "production";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final Clock clock = mock(Clock.class);
    private FakeVisibility server;
    private SoakWatchdog watchdog;

    @BeforeEach
    void begin() throws Exception {
        when(clock.instant()).thenAnswer(asked -> now.get());
        server = new FakeVisibility();
        watchdog = new SoakWatchdog(server.client(), clock);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tenThousandSoaksAreAllSeenWithinFiveMinutesByAThousandQuestionsARound() {
        // Given
        for (int i = 0; i < 10_000; i++) {
            server.soaks("release/" + i, in(Duration.ofMinutes(2)));
        }

        // When
        int rounds = 0;
        int most = 0;
        while (watchdog.found(PRODUCTION).isEmpty() && rounds < 100) {
            int before = server.described();
            round();
            rounds++;
            most = Math.max(most, server.described() - before);
        }

        // Then
        assertThat(ROUND.multipliedBy(rounds)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(most).isLessThanOrEqualTo(1000);
        assertThat(server.listed()).isLessThanOrEqualTo(10 * rounds);
        assertThat(watchdog.found(PRODUCTION)).hasValueSatisfying(found -> {
            assertThat(found.open()).isEqualTo(10_000);
            assertThat(found.unwatched()).isZero();
        });
    }

    @Test
    void aReleaseThatIsWatchedIsLeftAloneUntilItCouldBeUnwatched() {
        // Given
        server.soaks("release/a", in(Duration.ofMinutes(1)));
        round();

        // When
        for (int i = 0; i < 6; i++) {
            round();
        }

        // Then
        assertThat(server.described()).isEqualTo(1);
    }

    @Test
    void aWindowWithoutALookForThreeIntervalsIsFoundAndSoIsItsNextLook() {
        // Given
        server.soaks("release/a", in(Duration.ofMinutes(1)));
        round();
        pass(Duration.ofMinutes(4));

        // When
        round();

        // Then
        assertThat(unwatched()).isEqualTo(1);

        // When
        server.soaks("release/a", in(Duration.ofMinutes(1)));
        round();

        // Then
        assertThat(unwatched()).isZero();
    }

    @Test
    void anUnwatchedWindowIsToldOfBeforeAllAreSeen() {
        // Given
        for (int i = 0; i < 1500; i++) {
            server.soaks("release/" + i, in(Duration.ofMinutes(-10)));
        }

        // When
        watchdog.look(PRODUCTION);

        // Then
        assertThat(unwatched()).isEqualTo(1000);
    }

    @Test
    void aPlaceInTheListThatTheServerNoLongerKnowsBeginsTheListAnew() {
        // Given
        server.pageOf(10);
        for (int i = 0; i < 150; i++) {
            server.soaks("release/" + i, in(Duration.ofMinutes(2)));
        }
        round();
        server.forgetTokens();

        // When
        round();
        round();

        // Then
        assertThat(watchdog.found(PRODUCTION))
                .hasValueSatisfying(found -> assertThat(found.open()).isEqualTo(150));
    }

    private void round() {
        watchdog.look(PRODUCTION);
        pass(ROUND);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private Instant in(Duration time) {
        return now.get().plus(time);
    }

    private long unwatched() {
        return watchdog.found(PRODUCTION).map(WatchedReleases.Found::unwatched).orElse(-1L);
    }
}
