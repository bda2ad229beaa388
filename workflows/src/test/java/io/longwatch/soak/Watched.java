package io.longwatch.soak;

import io.longwatch.plan.Check.OnNoData;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Windows and checks as tests watch them. */
final class Watched {
    static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

    private Watched() {}

    static CheckLimits limits(int count, int failureLimit, OnNoData onNoData) {
        return new CheckLimits(count, failureLimit, 1, 2, 0, onNoData);
    }

    static WatchedCheck check(String id) {
        return check(id, null, Duration.ZERO);
    }

    static WatchedCheck check(String id, @Nullable Duration interval, Duration initialDelay) {
        return new WatchedCheck(
                id,
                "Check " + id,
                "redis.ping",
                Map.of(),
                null,
                "ms",
                interval,
                initialDelay,
                null,
                null,
                limits(0, 1, OnNoData.INCONCLUSIVE));
    }

    static WatchInput window(Duration interval, WatchedCheck... checks) {
        return new WatchInput(
                "w",
                "Window",
                START,
                START.plus(Duration.ofHours(24)),
                interval,
                Duration.ofHours(6),
                Arrays.asList(checks),
                Map.of(),
                null);
    }

    static WatchInput window(Duration interval, int checks) {
        List<WatchedCheck> all =
                IntStream.range(0, checks).mapToObj(i -> check("check-" + i)).toList();
        return window(interval, all.toArray(WatchedCheck[]::new));
    }
}
