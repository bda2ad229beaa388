package io.longwatch.sandbox.bridge;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The requests that a node really received, each with when and how it was answered. */
final class Received {
    private final List<Answered> answered = new CopyOnWriteArrayList<>();

    void add(Instant at, int status, double seconds) {
        answered.add(new Answered(at, status, seconds));
    }

    long count(Instant until, int status) {
        return answered.stream()
                .filter(one -> !one.at().isAfter(until) && one.status() == status)
                .count();
    }

    long within(Instant until, double seconds) {
        return answered.stream()
                .filter(one -> !one.at().isAfter(until) && one.seconds() <= seconds)
                .count();
    }

    private record Answered(Instant at, int status, double seconds) {}
}
