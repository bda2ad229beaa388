package io.longwatch.system.prometheus;

import io.longwatch.sandbox.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;

/**
 * Series that a seed makes: what the bridge's plan asks of, and odd ones. The same samples are had as functions of time
 * and as a text in the OpenMetrics format.
 */
final class SampledSeries {
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final List<String> BOUNDS = List.of("0.005", "0.01", "0.05", "0.1", "0.25", "1.0", "+Inf");
    private static final double MEBIBYTE = 1024.0 * 1024;

    private final Instant start;
    private final Instant gapFrom;
    private final Instant gapTo;
    private final int looks;
    private final Random random;
    private final List<Table> tables = new ArrayList<>();

    /** Series from one instant to another, of which nothing was scraped in a gap. */
    SampledSeries(Instant start, Instant end, Instant gapFrom, Instant gapTo, long seed) {
        this.start = start;
        this.gapFrom = gapFrom;
        this.gapTo = gapTo;
        this.looks = (int) Duration.between(start, end).dividedBy(INTERVAL) + 1;
        this.random = new Random(seed);
        for (String pod : List.of("biometric-bridge-a", "biometric-bridge-b")) {
            bridge(pod);
        }
        odd();
    }

    private void bridge(String pod) {
        Map<String, String> labels =
                Map.of("job", "biometric-bridge", "instance", pod + ":8000", "pod", pod, "namespace", "production");
        add("up", labels, gauge(look -> random.nextInt(50) == 0 ? 0 : 1));
        for (String status : List.of("202", "401", "500")) {
            int most = status.equals("202") ? 40 : 3;
            add("auren_webhook_requests_total", with(labels, "status", status), counter(() -> random.nextInt(most)));
        }
        histogram("auren_webhook_duration_seconds_bucket", labels);
        histogram("auren_semaphore_wait_seconds_bucket", labels);
        add("auren_active_webhook_tasks", labels, gauge(look -> random.nextInt(20)));
        double slope = random.nextDouble() * 100;
        add(
                "container_memory_working_set_bytes",
                Map.of("job", "kubernetes-cadvisor", "namespace", "production", "pod", pod, "container", "bridge"),
                gauge(look -> Math.floor(120 * MEBIBYTE + look * slope + random.nextGaussian() * MEBIBYTE)));
    }

    private void histogram(String name, Map<String, String> labels) {
        double[] below = new double[looks];
        for (String bound : BOUNDS) {
            double[] own = counter(() -> random.nextInt(10));
            double[] sum = new double[looks];
            for (int look = 0; look < looks; look++) {
                sum[look] = below[look] + own[look];
            }
            below = sum;
            add(name, with(labels, "le", bound), sum);
        }
    }

    private void odd() {
        for (String kind : List.of("x", "y")) {
            add("g", Map.of("kind", kind), gauge(look -> random.nextGaussian() * 1000));
        }
        add("flat", Map.of(), gauge(look -> 42.5));
        add("tiny", Map.of("kind", "x"), gauge(look -> random.nextDouble() * 1e-9));
        add("huge", Map.of("kind", "x"), gauge(look -> random.nextDouble() * 1e18));
        add("holes", Map.of("kind", "x"), gauge(look -> random.nextInt(3) == 0 ? Double.NaN : random.nextDouble()));
        add("none", Map.of("kind", "x"), gauge(look -> Double.NaN));
        add("peaks", Map.of("kind", "up"), gauge(look -> random.nextInt(40) == 0 ? Double.POSITIVE_INFINITY : look));
        add("peaks", Map.of("kind", "down"), gauge(look -> random.nextInt(40) == 0 ? Double.NEGATIVE_INFINITY : look));
        add("resets_total", Map.of(), counter(() -> random.nextDouble()));
    }

    private interface Gauge {
        double at(int look);
    }

    private interface Steps {
        double next();
    }

    private double[] gauge(Gauge gauge) {
        double[] values = new double[looks];
        for (int look = 0; look < looks; look++) {
            values[look] = gauge.at(look);
        }
        return values;
    }

    private double[] counter(Steps steps) {
        int reset = random.nextInt(looks);
        double[] values = new double[looks];
        for (int look = 1; look < looks; look++) {
            values[look] = look == reset ? 0 : values[look - 1] + steps.next();
        }
        return values;
    }

    private void add(String name, Map<String, String> labels, double[] values) {
        tables.add(new Table(name, labels, values));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(name, value);
        return all;
    }

    /** The series as functions of time; the gap is left to whoever scrapes them. */
    List<Series> functions() {
        return tables.stream()
                .map(table -> new Series(table.name(), table.labels(), at -> value(table, at)))
                .toList();
    }

    private OptionalDouble value(Table table, Instant at) {
        long look = Duration.between(start, at).dividedBy(INTERVAL);
        return at.isBefore(start) || look >= looks
                ? OptionalDouble.empty()
                : OptionalDouble.of(table.values()[(int) look]);
    }

    /** The samples outside of the gap in the OpenMetrics format. */
    String openMetrics() {
        StringBuilder text = new StringBuilder();
        for (Table table : tables) {
            String series = table.name() + Samples.labels(table.labels()) + " ";
            for (int look = 0; look < looks; look++) {
                Instant at = start.plus(INTERVAL.multipliedBy(look));
                if (at.isBefore(gapFrom) || !at.isBefore(gapTo)) {
                    text.append(series)
                            .append(Samples.number(table.values()[look]))
                            .append(' ')
                            .append(at.getEpochSecond())
                            .append('\n');
                }
            }
        }
        return text.append("# EOF\n").toString();
    }

    /** A series' values, look by look. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Table(String name, Map<String, String> labels, double[] values) {}
}
