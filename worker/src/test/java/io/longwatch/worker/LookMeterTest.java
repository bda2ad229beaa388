package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.longwatch.contract.StepRef;
import io.longwatch.plan.Check;
import io.longwatch.soak.CheckLimits;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.WatchInput;
import io.longwatch.soak.WatchedCheck;
import io.longwatch.soak.WindowProgress;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.converter.DataConverterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookMeterTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "first-day");

    private final Metrics metrics = new Metrics();
    private final ActivityExecutionContext context = mock(ActivityExecutionContext.class);
    private final WatchInput input = new WatchInput(
            "first-day",
            "First day",
            START,
            START.plus(Duration.ofHours(1)),
            Duration.ofMinutes(1),
            Duration.ZERO,
            List.of(new WatchedCheck(
                    "errors",
                    "Errors",
                    "prometheus.query",
                    Map.of(),
                    null,
                    "",
                    null,
                    Duration.ZERO,
                    null,
                    null,
                    new CheckLimits(0, 0, 0, 4, 0, Check.OnNoData.INCONCLUSIVE))),
            Map.of(),
            null);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void aLookIsCountedByTheWorstThatItSawAndHowLateItWas() {
        // Given
        WindowProgress before = progress().with(input, minute(1), false, Map.of());
        knows(before);
        LookMeter meter = meterAt(minute(2).plusMillis(700));

        // When
        meter.begin(STEP, input);
        meter.heartbeat(before.with(
                input, minute(2), false, Map.of("errors", Measurement.of(Measurement.Outcome.ERROR, null, "away"))));

        // Then
        assertThat(scraped())
                .contains("longwatch_looks_total{environment=\"production\",result=\"error\"} 1.0")
                .contains("longwatch_looks_total{environment=\"production\",result=\"passed\"} 0.0")
                .contains("longwatch_look_lateness_seconds_bucket{environment=\"production\",le=\"0.5\"} 0")
                .contains("longwatch_look_lateness_seconds_bucket{environment=\"production\",le=\"1.0\"} 1");
    }

    @Test
    void whatNobodyLookedAtIsCountedAsMissedOrFilledIn() {
        // Given
        WindowProgress before = progress().with(input, minute(1), false, Map.of());
        knows(before);
        LookMeter meter = meterAt(minute(5));

        // When
        meter.begin(STEP, input);
        meter.heartbeat(before.withMissed(input, 1, minute(2))
                .with(input, minute(3), true, Map.of())
                .with(input, minute(4), true, Map.of())
                .with(input, minute(5), false, Map.of()));

        // Then
        assertThat(scraped())
                .contains("longwatch_looks_total{environment=\"production\",result=\"missed\"} 1.0")
                .contains("longwatch_looks_total{environment=\"production\",result=\"backfilled\"} 2.0")
                .contains("longwatch_looks_total{environment=\"production\",result=\"passed\"} 1.0")
                .contains("longwatch_look_lateness_seconds_sum{environment=\"production\"} 180.0");
    }

    @Test
    void theStartOfAWindowIsNoLook() {
        // Given
        knows(null);
        LookMeter meter = meterAt(START);

        // When
        meter.begin(STEP, input);
        meter.heartbeat(progress());

        // Then
        assertThat(scraped())
                .contains("longwatch_looks_total{environment=\"production\",result=\"passed\"} 0.0")
                .contains("longwatch_look_lateness_seconds_count{environment=\"production\"} 0");
    }

    @Test
    void detailsThatCannotBeReadAreNoStateToCountFrom() {
        // Given
        when(context.getHeartbeatDetails(any())).thenThrow(new DataConverterException("not a state"));
        LookMeter meter = meterAt(minute(1));

        // When
        meter.begin(STEP, input);
        meter.heartbeat(progress().with(input, minute(1), false, Map.of()));

        // Then
        assertThat(scraped()).contains("longwatch_looks_total{environment=\"production\",result=\"passed\"} 1.0");
    }

    private WindowProgress progress() {
        return WindowProgress.begin(input);
    }

    private void knows(@Nullable WindowProgress progress) {
        when(context.getHeartbeatDetails(any())).thenReturn(Optional.ofNullable(progress));
    }

    private LookMeter meterAt(Instant now) {
        metrics.meters().begin("production");
        return new LookMeter(context, metrics.meters(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Instant minute(int number) {
        return START.plus(Duration.ofMinutes(number));
    }

    private String scraped() {
        return metrics.scrape();
    }
}
