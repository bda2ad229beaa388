package io.longwatch.system.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How late the looks were that were due in a time, and how many were not taken before the next was due. */
final class Seen {
    private final Instant from;
    private final Instant to;
    private final Duration interval;
    private final List<Duration> lateness = new ArrayList<>();
    private int missing;

    Seen(Instant from, Instant to, Duration interval) {
        this.from = from;
        this.to = to;
        this.interval = interval;
    }

    /** Adds one that is looked at. */
    void add(Instant startedAt, List<Instant> looks) {
        long before = Math.max(0, Duration.between(startedAt, from).dividedBy(interval));
        int next = 0;
        for (long i = before + 1; true; i++) {
            Instant due = startedAt.plus(interval.multipliedBy(i));
            if (!due.isBefore(to)) {
                return;
            }
            while (next < looks.size() && looks.get(next).isBefore(due)) {
                next++;
            }
            if (next < looks.size() && looks.get(next).isBefore(due.plus(interval))) {
                lateness.add(Duration.between(due, looks.get(next)));
            } else {
                missing++;
            }
        }
    }

    Figures lateness() {
        return Figures.of(lateness);
    }

    int missing() {
        return missing;
    }

    double within(Duration most) {
        return lateness.stream().filter(late -> late.compareTo(most) <= 0).count()
                / (double) Math.max(1, lateness.size() + missing);
    }

    double perSecond() {
        return lateness.size() / (Duration.between(from, to).toMillis() / 1e3);
    }
}
