package io.longwatch.soak;

import io.longwatch.plan.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A check as a window watches it: its inputs resolved.
 *
 * @param id check id
 * @param title for people
 * @param uses reading action
 * @param with inputs, without placeholders
 * @param figure CEL over {@code result}, or null
 * @param unit unit of the figure, or empty
 * @param interval time between its measurements, or null for every look
 * @param initialDelay time from the window's start before which it is not measured
 * @param successCondition CEL over {@code result}, or null
 * @param failureCondition CEL over {@code result}, or null
 * @param limits how measurements count
 */
public record WatchedCheck(
        String id,
        String title,
        String uses,
        Map<String, Object> with,
        @Nullable String figure,
        String unit,
        @Nullable Duration interval,
        Duration initialDelay,
        @Nullable String successCondition,
        @Nullable String failureCondition,
        CheckLimits limits) {
    public WatchedCheck {
        with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
    }

    public static WatchedCheck of(Check check, Map<String, Object> with) {
        return new WatchedCheck(
                check.id(),
                check.title(),
                check.uses(),
                with,
                check.figure(),
                check.unit(),
                check.interval(),
                check.initialDelay(),
                check.successCondition(),
                check.failureCondition(),
                CheckLimits.of(check));
    }

    /** Time between its measurements in a window. */
    public Duration intervalIn(WatchInput window) {
        return interval == null || interval.compareTo(window.interval()) < 0 ? window.interval() : interval;
    }

    /** Whether a look measures it: the first at or behind a multiple of its interval, counted from the window's start. */
    public boolean due(WatchInput window, Instant look) {
        Duration since = Duration.between(window.startsAt(), look);
        long own = intervalIn(window).toNanos();
        long now = since.toNanos();
        long before = now - window.interval().toNanos();
        return since.compareTo(initialDelay) >= 0 && now / own > before / own;
    }
}
