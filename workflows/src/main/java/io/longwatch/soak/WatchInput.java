package io.longwatch.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one activity watches: a window from its start to its end.
 *
 * @param window window id
 * @param title for people
 * @param startsAt when it begins
 * @param endsAt when it ends if every look was taken
 * @param interval time between looks
 * @param maxExtension most time that missed looks may add
 * @param checks what is looked at
 * @param scope values that conditions may speak of besides {@code result}: params, baseline, results of steps
 * @param resume how it stood when an earlier watch of the same window ended, or null
 */
public record WatchInput(
        String window,
        String title,
        Instant startsAt,
        Instant endsAt,
        Duration interval,
        Duration maxExtension,
        List<WatchedCheck> checks,
        Map<String, Object> scope,
        @Nullable WindowProgress resume) {
    public WatchInput {
        checks = List.copyOf(checks);
        scope = Collections.unmodifiableMap(new LinkedHashMap<>(scope));
    }

    /** The same window, watched to another end. */
    public WatchInput until(Instant end) {
        return new WatchInput(window, title, startsAt, end, interval, maxExtension, checks, scope, resume);
    }

    /** The same window, going on from how it stood; from its beginning where nobody knows. */
    public WatchInput resuming(@Nullable WindowProgress stood) {
        return new WatchInput(window, title, startsAt, endsAt, interval, maxExtension, checks, scope, stood);
    }
}
