package io.longwatch.sandbox.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a node would have answered in the hours that nobody sends real requests. */
final class Traffic {
    /** Upper bounds of the buckets of durations, in seconds. */
    static final List<Double> BOUNDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, Double.POSITIVE_INFINITY);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration UNEVEN = Duration.ofMinutes(317);
    /** Where hours pass in seconds, minutes of the usual traffic would be a handful of requests. */
    private static final double MOST = 10;

    private static final List<Double> QUICK =
            List.of(0.02, 0.15, 0.62, 0.94, 0.993, 0.998, 0.9995, 1.0, 1.0, 1.0, 1.0, 1.0);
    private static final List<Double> HEAVY = List.of(0.0, 0.0, 0.0, 0.2, 0.7, 0.92, 0.99, 1.0, 1.0, 1.0, 1.0, 1.0);
    private static final List<Double> SLOW = List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.9, 1.0, 1.0, 1.0, 1.0);

    private final List<Stream> streams;

    private Traffic(List<Stream> streams) {
        this.streams = List.copyOf(streams);
    }

    /** Traffic of a node that takes some from an instant on. */
    static Traffic from(Instant ready, BridgePod pod, Misbehaviour misbehaviour) {
        List<Stream> streams = new ArrayList<>();
        double busier = Math.min(MOST, misbehaviour.pace());
        streams.add(new Stream(ready, 2.0 * busier, 0.8 * busier, DAY, QUICK));
        streams.add(new Stream(ready, 0.03 * busier, 0.02 * busier, UNEVEN, HEAVY));
        if (misbehaviour.slowFrom() != null) {
            streams.add(new Stream(pod.startedAt().plus(misbehaviour.slowFrom()), 0.2 * busier, 0, DAY, SLOW));
        }
        return new Traffic(streams);
    }

    static Traffic none() {
        return new Traffic(List.of());
    }

    double answered(Instant at) {
        return Math.floor(
                streams.stream().mapToDouble(stream -> stream.count(at)).sum());
    }

    /** Answers up to an instant that took no longer than a bucket's bound. */
    double within(Instant at, int bucket) {
        return bucket == BOUNDS.size() - 1
                ? answered(at)
                : streams.stream()
                        .mapToDouble(stream -> stream.count(at, bucket))
                        .sum();
    }

    double perSecond(Instant at) {
        return streams.stream().mapToDouble(stream -> stream.rate(at)).sum();
    }
}
