package io.longwatch.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a window stands. Travels in heartbeat details from look to look, under 8 KB for windows of up to 40 checks.
 *
 * @param window window id, first so that it is never mistaken for another's
 * @param looks looks taken
 * @param backfilled looks taken later for a time nobody looked
 * @param missed looks that nobody took and none can fill in
 * @param lastLookAt when the last look was due, or null before the first
 * @param unobserved time without a look, or in which a check could not see
 * @param extension time added for it
 * @param checks how each check stands
 */
public record WindowProgress(
        String window,
        int looks,
        int backfilled,
        int missed,
        @Nullable Instant lastLookAt,
        Duration unobserved,
        Duration extension,
        List<CheckProgress> checks) {
    private static final int MOST_BYTES = 8 * 1024;
    private static final int BYTES_BESIDE_CHECKS = 384;

    public WindowProgress {
        checks = List.copyOf(checks);
    }

    public static WindowProgress begin(WatchInput input) {
        return new WindowProgress(
                input.window(),
                0,
                0,
                0,
                null,
                Duration.ZERO,
                Duration.ZERO,
                input.checks().stream()
                        .map(check -> CheckProgress.begin(check.id()))
                        .toList());
    }

    /** When the next look is due: absolute times, so that looks never drift. */
    public Instant nextDue(WatchInput input) {
        return lastLookAt == null ? input.startsAt().plus(input.interval()) : lastLookAt.plus(input.interval());
    }

    /** When the window ends, as things stand. */
    public Instant endsAt(WatchInput input) {
        return input.endsAt().plus(extension);
    }

    /**
     * The state after a look. A past look of which no check can be measured any more is missed.
     *
     * @param due when it was due
     * @param late whether it fills in a past look
     * @param seen measurements by check id; a check that was not due is absent
     */
    public WindowProgress with(WatchInput input, Instant due, boolean late, Map<String, Measurement> seen) {
        boolean lost =
                !seen.isEmpty() && seen.values().stream().allMatch(one -> one.outcome() == Measurement.Outcome.MISSED);
        return new WindowProgress(
                window,
                looks + (late ? 0 : 1),
                backfilled + (late && !lost ? 1 : 0),
                missed + (late && lost ? 1 : 0),
                due,
                unobserved.plus(unseen(input, seen)),
                extension,
                counted(input, seen));
    }

    /** The time for which a look leaves a check unobserved: the longest interval of those that saw nothing. */
    private static Duration unseen(WatchInput input, Map<String, Measurement> seen) {
        return input.checks().stream()
                .filter(check -> Optional.ofNullable(seen.get(check.id()))
                        .filter(measurement -> !measurement.seen())
                        .isPresent())
                .map(check -> check.intervalIn(input))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The same state, small enough for heartbeat details: its checks share what there is room for. */
    public WindowProgress withinBudget() {
        int share = (MOST_BYTES - BYTES_BESIDE_CHECKS) / Math.max(1, checks.size());
        // A comma stands behind each.
        List<CheckProgress> fitted =
                checks.stream().map(check -> check.within(share - 1)).toList();
        return new WindowProgress(window, looks, backfilled, missed, lastLookAt, unobserved, extension, fitted);
    }

    private List<CheckProgress> counted(WatchInput input, Map<String, Measurement> seen) {
        Map<String, CheckLimits> limits = new LinkedHashMap<>();
        input.checks().forEach(check -> limits.put(check.id(), check.limits()));
        List<CheckProgress> next = new ArrayList<>();
        for (CheckProgress check : checks) {
            Measurement measurement = seen.get(check.id());
            CheckLimits limit = limits.get(check.id());
            if (measurement == null || limit == null || measurement.outcome() == Measurement.Outcome.MISSED) {
                next.add(check);
            } else {
                next.add(check.with(measurement, limit));
            }
        }
        return next;
    }

    /** The state after {@code count} looks that nobody took, the last of them due at {@code due}. */
    public WindowProgress withMissed(WatchInput input, int count, Instant due) {
        return new WindowProgress(
                window,
                looks,
                backfilled,
                missed + count,
                due,
                unobserved.plus(input.interval().multipliedBy(count)),
                extension,
                checks);
    }

    /** The state with the window lengthened, once, by the time nobody saw. */
    public WindowProgress extended(WatchInput input) {
        Duration added = unobserved.compareTo(input.maxExtension()) < 0 ? unobserved : input.maxExtension();
        return new WindowProgress(window, looks, backfilled, missed, lastLookAt, unobserved, added, checks);
    }

    /** Time that stays unobserved after the extension. */
    public Duration uncovered() {
        Duration rest = unobserved.minus(extension);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** How the window stands if it ended now. */
    public Verdict verdict(WatchInput input) {
        Verdict verdict = Verdict.PASSED;
        for (WatchedCheck check : input.checks()) {
            verdict = verdict.and(of(check.id()).verdict(check.limits()));
        }
        return verdict;
    }

    /** Whether a check has failed, which ends the window at once. */
    public boolean failed(WatchInput input) {
        return verdict(input) == Verdict.FAILED;
    }

    /** How one check stands. */
    public CheckProgress of(String id) {
        return checks.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseGet(() -> CheckProgress.begin(id));
    }
}
