package io.longwatch.soak;

import io.longwatch.plan.Check;
import java.time.Duration;
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
 * @param initialDelay time from the window's start to its first measurement
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
                check.initialDelay(),
                check.successCondition(),
                check.failureCondition(),
                CheckLimits.of(check));
    }
}
