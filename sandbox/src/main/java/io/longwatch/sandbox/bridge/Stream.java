package io.longwatch.sandbox.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Requests that nobody sends: how many there would have been is an integral in closed form, so that every instant has
 * one answer.
 *
 * @param from when they begin
 * @param perSecond how many on average
 * @param swing how far the rate swings around that, less than {@code perSecond}
 * @param period of the swing
 * @param shares of each bucket of the durations, cumulative, the last one 1
 */
record Stream(Instant from, double perSecond, double swing, Duration period, List<Double> shares) {
    private static final double HALF_A_DAY = Duration.ofHours(12).toSeconds();

    Stream {
        shares = List.copyOf(shares);
        if (swing >= perSecond) {
            throw new IllegalArgumentException("swing " + swing + " is not less than the rate " + perSecond);
        }
    }

    /** How many there were up to an instant. */
    double count(Instant at) {
        double seconds = seconds(at) - seconds(from);
        return seconds <= 0 ? 0 : perSecond * seconds + swing * (swung(at) - swung(from));
    }

    /** How many of them there are per second at an instant. */
    double rate(Instant at) {
        return at.isBefore(from) ? 0 : perSecond + swing * Math.sin(angle(at));
    }

    /** How many of them, up to an instant, fall into a bucket. */
    double count(Instant at, int bucket) {
        return Math.floor(count(at) * shares.get(bucket));
    }

    private double swung(Instant at) {
        return -Math.cos(angle(at)) * period.toSeconds() / (2 * Math.PI);
    }

    /** A swing of a day is highest at 18:00 UTC. */
    private double angle(Instant at) {
        return 2 * Math.PI * (seconds(at) - HALF_A_DAY) / period.toSeconds();
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }
}
