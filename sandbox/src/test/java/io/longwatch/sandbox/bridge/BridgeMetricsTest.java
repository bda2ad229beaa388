package io.longwatch.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.sandbox.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeMetricsTest {
    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final BridgePod POD = new BridgePod("production", "biometric-bridge-1", "v2.0", START);

    private final Received received = new Received();

    @Test
    void theFormerVersionHasNoPrefix() {
        // Given
        BridgePod former = new BridgePod("production", "biometric-bridge-0", "v1.9", START);

        // When
        var names = new BridgeMetrics(former, life(former, Misbehaviour.NONE), received, Misbehaviour.NONE)
                .series().stream().map(Series::name).toList();

        // Then
        assertThat(names).contains("webhook_requests_total").noneMatch(name -> name.startsWith("auren_"));
    }

    @Test
    void countersNeverFall() {
        // Given
        Series requests = series(Misbehaviour.NONE, "auren_webhook_requests_total");
        received.add(after("7h"), 202, 0.02);

        // When
        List<Double> values = new ArrayList<>();
        for (int minute = 1; minute < 48 * 60; minute++) {
            values.add(value(requests, START.plus(Duration.ofMinutes(minute))));
        }

        // Then
        assertThat(values).isSorted();
        assertThat(values.get(values.size() - 1)).isGreaterThan(100_000);
    }

    @Test
    void whatWasReallyReceivedIsCounted() {
        // Given
        Series refused = metrics(Misbehaviour.NONE).series().stream()
                .filter(series -> "401".equals(series.labels().get("status")))
                .findFirst()
                .orElseThrow();

        // When
        received.add(after("1h"), 401, 0.001);

        // Then
        assertThat(refused.value().at(after("59m"))).isEmpty();
        assertThat(value(refused, after("61m"))).isEqualTo(1);
    }

    @Test
    void noStatusIsExposedThatNoAnswerHad() {
        // When
        List<Series> exposed = metrics(Misbehaviour.NONE).series().stream()
                .filter(series -> series.name().equals("auren_webhook_requests_total"))
                .filter(series -> series.value().at(after("47h")).isPresent())
                .toList();

        // Then
        assertThat(exposed).extracting(series -> series.labels().get("status")).containsExactly("202");
    }

    @Test
    void lessThanOneAnswerInAHundredTakesLongUntilItMisbehaves() {
        // Given
        Misbehaviour slow = Misbehaviour.slow(Duration.ofHours(30));

        // When
        double worstBefore = worst(slow, 1, 30);
        double worstAfter = worst(slow, 30, 47);

        // Then
        assertThat(worstBefore).isLessThan(0.008);
        assertThat(worstAfter).isGreaterThan(0.05);
    }

    @Test
    void memoryStaysWhereItIsUntilItLeaks() {
        // Given
        Series memory = series(Misbehaviour.leaking(Duration.ofHours(20)), "container_memory_working_set_bytes");

        // When
        double before = value(memory, after("20h")) - value(memory, after("2h"));
        double leaked = value(memory, after("30h")) - value(memory, after("20h"));

        // Then
        assertThat(before).isBetween(-16e6, 16e6);
        assertThat(leaked).isGreaterThan(200e6);
    }

    @Test
    void aDyingNodeDoesNotAnswerWhileItStartsAgain() {
        // Given
        Misbehaviour dying = Misbehaviour.withDyingSecondNode(Duration.ofMinutes(90));
        Series up = new BridgeMetrics(POD, new Lifetime(POD, 2, dying), received, dying)
                .series().stream()
                        .filter(series -> series.name().equals("up"))
                        .findFirst()
                        .orElseThrow();

        // When
        double dead = value(up, after("90m").plusSeconds(5));
        double again = value(up, after("92m"));

        // Then
        assertThat(dead).isZero();
        assertThat(again).isEqualTo(1);
    }

    @Test
    void theTextNamesEveryBucket() {
        // When
        String text = metrics(Misbehaviour.NONE).text(after("1h"));

        // Then
        assertThat(text)
                .contains("auren_webhook_duration_seconds_bucket{le=\"0.1\"}")
                .contains("auren_webhook_duration_seconds_bucket{le=\"+Inf\"}")
                .contains("auren_active_webhook_tasks ")
                .doesNotContain("container_memory");
    }

    /** Greatest share of answers of an hour that took longer than 100 ms. */
    private double worst(Misbehaviour misbehaviour, int fromHour, int toHour) {
        Traffic traffic = Traffic.from(START, POD, misbehaviour);
        int bound = Traffic.BOUNDS.indexOf(0.1);
        double worst = 0;
        for (int hour = fromHour; hour < toHour; hour++) {
            Instant from = START.plus(Duration.ofHours(hour));
            Instant to = from.plus(Duration.ofHours(1));
            double all = traffic.answered(to) - traffic.answered(from);
            double quick = traffic.within(to, bound) - traffic.within(from, bound);
            worst = Math.max(worst, 1 - quick / all);
        }
        return worst;
    }

    private Series series(Misbehaviour misbehaviour, String name) {
        return metrics(misbehaviour).series().stream()
                .filter(series -> series.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private BridgeMetrics metrics(Misbehaviour misbehaviour) {
        return new BridgeMetrics(POD, life(POD, misbehaviour), received, misbehaviour);
    }

    private static Lifetime life(BridgePod pod, Misbehaviour misbehaviour) {
        return new Lifetime(pod, 1, misbehaviour);
    }

    private static Instant after(String time) {
        return START.plus(Duration.parse("PT" + time));
    }

    private static double value(Series series, Instant at) {
        return series.value().at(at).orElseThrow();
    }
}
