package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseGaugesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Metrics metrics = new Metrics();
    private FakeVisibility server;
    private ReleaseGauges gauges;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeVisibility();
        gauges = new ReleaseGauges(
                server.client(), Set.of("production"), metrics.meters(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        gauges.close();
        server.close();
        metrics.close();
    }

    @Test
    void whatTheServerCountsIsShown() {
        // Given
        server.soaks("release/a", NOW.plusSeconds(60));

        // When
        gauges.take();

        // Then
        assertThat(metrics.scrape())
                .contains("longwatch_releases{environment=\"production\",state=\"SOAKING\"} 1.0")
                .contains("longwatch_windows_open{environment=\"production\"} 1.0")
                .contains("longwatch_windows_unwatched{environment=\"production\"} 0.0")
                .contains("longwatch_releases_unlisted 0.0");
    }

    @Test
    void releasesThatNoEnvironmentListsAreCounted() {
        // Given
        server.unlisted(3);

        // When
        gauges.take();

        // Then
        assertThat(metrics.scrape()).contains("longwatch_releases_unlisted 3.0");
    }

    @Test
    void whereTheNamespaceLacksTheAttributesEveryReleaseIsUnlistedAndNoWindowIsKnown() {
        // Given
        server.lacksAttributes();
        server.unlisted(2);

        // When
        gauges.take();

        // Then
        assertThat(metrics.scrape())
                .contains("longwatch_releases_unlisted 2.0")
                .contains("longwatch_windows_unwatched{environment=\"production\"} NaN");
    }
}
