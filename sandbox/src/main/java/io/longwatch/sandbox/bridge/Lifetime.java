package io.longwatch.sandbox.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From when to when a node lives, and when it is not there in between. */
final class Lifetime {
    static final Duration START = Duration.ofSeconds(12);

    private static final Duration BETWEEN_DEATHS = Duration.ofMinutes(4);
    private static final int MOST_DEATHS = 60;

    private final Instant from;
    private final boolean everReady;
    private final List<Instant> deaths;
    private volatile @Nullable Instant goneAt;

    Lifetime(BridgePod pod, int ordinal, Misbehaviour misbehaviour) {
        this.from = pod.startedAt();
        this.everReady = !misbehaviour.neverReady();
        this.deaths = deaths(pod.startedAt(), ordinal, misbehaviour);
    }

    private static List<Instant> deaths(Instant from, int ordinal, Misbehaviour misbehaviour) {
        List<Instant> deaths = new ArrayList<>();
        Duration first = misbehaviour.secondDiesFrom();
        if (first != null && ordinal == 2) {
            for (int i = 0; i < MOST_DEATHS; i++) {
                deaths.add(from.plus(first).plus(BETWEEN_DEATHS.multipliedBy(i)));
            }
        }
        return List.copyOf(deaths);
    }

    List<Instant> deaths() {
        return deaths;
    }

    boolean everReady() {
        return everReady;
    }

    Instant readyAt() {
        return from.plus(START);
    }

    void end(Instant at) {
        goneAt = at;
    }

    boolean livesAt(Instant at) {
        Instant end = goneAt;
        return !at.isBefore(from) && (end == null || at.isBefore(end));
    }

    /** Whether it answers at an instant, which it does not while it starts. */
    boolean answersAt(Instant at) {
        return livesAt(at)
                && !at.isBefore(readyAt())
                && deaths.stream().noneMatch(death -> !at.isBefore(death) && at.isBefore(death.plus(START)));
    }
}
