package io.longwatch.sandbox.bridge;

import io.longwatch.sandbox.prometheus.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a node exposes, as functions of time: traffic that nobody sent, and the requests it really received. */
final class BridgeMetrics {
    static final String JOB = "biometric-bridge";
    private static final String CADVISOR = "kubernetes-cadvisor";
    private static final double MEBIBYTE = 1024.0 * 1024;
    private static final double LEAK_PER_HOUR = 24 * MEBIBYTE;
    /** With which real requests are answered, beside 202. */
    private static final List<Integer> STATUSES = List.of(401, 422, 503);

    private static final List<Double> WAITS = List.of(0.001, 0.01, 0.1, 1.0, 5.0, 10.0, Double.POSITIVE_INFINITY);
    private static final List<Double> WAIT_SHARES = List.of(0.9, 0.985, 0.998, 1.0, 1.0, 1.0, 1.0);

    private final BridgePod pod;
    private final Lifetime life;
    private final Traffic traffic;
    private final Received received;
    private final Misbehaviour misbehaviour;
    private final List<Series> series = new ArrayList<>();

    BridgeMetrics(BridgePod pod, Lifetime life, Received received, Misbehaviour misbehaviour) {
        this.pod = pod;
        this.life = life;
        this.received = received;
        this.misbehaviour = misbehaviour;
        this.traffic = life.everReady() ? Traffic.from(life.readyAt(), pod, misbehaviour) : Traffic.none();
        describe();
    }

    List<Series> series() {
        return List.copyOf(series);
    }

    private void describe() {
        series.add(new Series(
                "up",
                labels(),
                at -> life.livesAt(at) ? OptionalDouble.of(life.answersAt(at) ? 1 : 0) : OptionalDouble.empty()));
        counted(202, this::accepted);
        STATUSES.forEach(status -> counted(status, at -> received.count(at, status)));
        for (int bucket = 0; bucket < Traffic.BOUNDS.size(); bucket++) {
            durations(bucket, Traffic.BOUNDS.get(bucket));
        }
        add("webhook_duration_seconds_count", Map.of(), this::answered);
        for (int bucket = 0; bucket < WAITS.size(); bucket++) {
            waits(bucket);
        }
        add("semaphore_wait_seconds_count", Map.of(), this::answered);
        add("active_webhook_tasks", Map.of(), at -> Math.round(1 + 1.5 * traffic.perSecond(at)));
        series.add(new Series(
                "container_memory_working_set_bytes",
                Map.of("job", CADVISOR, "namespace", pod.namespace(), "pod", pod.name(), "container", "bridge"),
                at -> life.livesAt(at) ? OptionalDouble.of(memory(at)) : OptionalDouble.empty()));
    }

    private void durations(int bucket, double bound) {
        add(
                "webhook_duration_seconds_bucket",
                Map.of("le", bound(bound)),
                at -> traffic.within(at, bucket) + received.within(at, bound));
    }

    private void waits(int bucket) {
        double share = WAIT_SHARES.get(bucket);
        add(
                "semaphore_wait_seconds_bucket",
                Map.of("le", bound(WAITS.get(bucket))),
                at -> Math.floor(answered(at) * share));
    }

    /** As client libraries do, a counter's labels are not exposed before the first event that bears them. */
    private void counted(int status, ToDoubleFunction<Instant> value) {
        expose("webhook_requests_total", Map.of("status", Integer.toString(status)), at -> {
            double count = value.applyAsDouble(at);
            return count > 0 ? OptionalDouble.of(count) : OptionalDouble.empty();
        });
    }

    private void add(String name, Map<String, String> more, ToDoubleFunction<Instant> value) {
        expose(name, more, at -> OptionalDouble.of(value.applyAsDouble(at)));
    }

    private void expose(String name, Map<String, String> more, Function<Instant, OptionalDouble> value) {
        Map<String, String> labels = new TreeMap<>(labels());
        labels.putAll(more);
        series.add(new Series(
                pod.metric(name), labels, at -> life.answersAt(at) ? value.apply(at) : OptionalDouble.empty()));
    }

    private Map<String, String> labels() {
        return Map.of("job", JOB, "instance", pod.name() + ":8000", "pod", pod.name(), "namespace", pod.namespace());
    }

    private double answered(Instant at) {
        return traffic.answered(at) + received.within(at, Double.POSITIVE_INFINITY);
    }

    private double accepted(Instant at) {
        return traffic.answered(at) + received.count(at, 202);
    }

    /** Grows while it warms up, breathes with the day, and grows on where it leaks. */
    private double memory(Instant at) {
        double hours = Duration.between(pod.startedAt(), at).toMillis() / 3_600_000.0;
        double warm = 176 - 50 * Math.exp(-2 * hours);
        double breath = 4 * Math.sin(2 * Math.PI * at.getEpochSecond() / 86_400.0);
        Duration from = misbehaviour.leaksFrom();
        double leaking = from == null ? 0 : Math.max(0, hours - from.toMillis() / 3_600_000.0);
        return Math.floor((warm + breath) * MEBIBYTE + leaking * LEAK_PER_HOUR * misbehaviour.pace());
    }

    private static String bound(double bound) {
        return Double.isInfinite(bound) ? "+Inf" : Double.toString(bound);
    }

    /** What {@code /metrics} answers. */
    String text(Instant now) {
        StringBuilder text = new StringBuilder();
        for (Series one : series) {
            if (CADVISOR.equals(one.labels().get("job")) || one.name().equals("up")) {
                continue;
            }
            one.value()
                    .at(now)
                    .ifPresent(value -> text.append(one.name())
                            .append(own(one.labels()))
                            .append(' ')
                            .append(value)
                            .append('\n'));
        }
        return text.toString();
    }

    /** Labels that the node gives itself; the others come from the scrape. */
    private static String own(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>();
        for (String name : List.of("status", "le")) {
            if (labels.containsKey(name)) {
                pairs.add(name + "=\"" + labels.get(name) + "\"");
            }
        }
        return pairs.isEmpty() ? "" : "{" + String.join(",", pairs) + "}";
    }
}
