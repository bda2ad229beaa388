package io.longwatch.soak;

import io.longwatch.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a window stands. Travels in heartbeat details from look to look, under 8 KB for windows of up to 40 checks.
 *
 * @param window window id, first so that it is never mistaken for another's
 * @param looks looks taken
 * @param backfilled looks taken later for a time nobody looked
 * @param missed looks that nobody took and none can fill in
 * @param lastLookAt when the last look was due, or null before the first
 * @param unobserved time without a look, or in which a check could not see; of several checks the longest
 * @param extension time added for it
 * @param skipped time behind the window's end in which nobody looked, before the extension began
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
        Duration skipped,
        List<CheckProgress> checks) {
    private static final int MOST_BYTES = 8 * 1024;
    private static final int BYTES_BESIDE_CHECKS = 384;

    public WindowProgress {
        skipped = skipped == null ? Duration.ZERO : skipped;
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
                Duration.ZERO,
                input.checks().stream()
                        .map(check -> CheckProgress.begin(check.id()))
                        .toList());
    }

    /** When the next look is due: absolute times, so that looks never drift; the last one at the window's end. */
    public Instant nextDue(WatchInput input) {
        Instant last = lastLookAt == null ? input.startsAt() : lastLookAt;
        Instant next = last.plus(input.interval());
        Instant end = endsAt(input);
        return last.isBefore(end) && next.isAfter(end) ? end : next;
    }

    /** When the window ends, as things stand. */
    public Instant endsAt(WatchInput input) {
        return input.endsAt().plus(skipped).plus(extension);
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
        List<CheckProgress> counted = counted(input, seen);
        return new WindowProgress(
                window,
                looks + (late ? 0 : 1),
                backfilled + (late && !lost ? 1 : 0),
                missed + (late && lost ? 1 : 0),
                due,
                unobserved.plus(unseen(input, counted)).minus(unseen(input, checks)),
                extension,
                skipped,
                counted);
    }

    /** The longest time for which a check saw nothing: as long again gives each what it lacks. */
    private static Duration unseen(WatchInput input, List<CheckProgress> stood) {
        return input.checks().stream()
                .map(check -> check.intervalIn(input)
                        .multipliedBy(of(stood, check.id()).unseen()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The same state, small enough for heartbeat details: its checks share what there is room for. */
    public WindowProgress withinBudget() {
        int share = (MOST_BYTES - BYTES_BESIDE_CHECKS) / Math.max(1, checks.size());
        // A comma stands behind each.
        List<CheckProgress> fitted =
                checks.stream().map(check -> check.within(share - 1)).toList();
        return new WindowProgress(
                window, looks, backfilled, missed, lastLookAt, unobserved, extension, skipped, fitted);
    }

    private List<CheckProgress> counted(WatchInput input, Map<String, Measurement> seen) {
        Map<String, CheckLimits> limits = new LinkedHashMap<>();
        input.checks().forEach(check -> limits.put(check.id(), check.limits()));
        List<CheckProgress> next = new ArrayList<>();
        for (CheckProgress check : checks) {
            Measurement measurement = seen.get(check.id());
            CheckLimits limit = limits.get(check.id());
            next.add(measurement == null || limit == null ? check : check.with(measurement, limit));
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
                skipped,
                checks);
    }

    /**
     * The state with the window lengthened, once, by the time nobody saw. Where that is found out long behind its end, the
     * time since then is left out: the next look is still to come.
     */
    public WindowProgress extended(WatchInput input, Instant now) {
        Instant next = nextDue(input);
        long passed = now.isBefore(next) ? 0 : Duration.between(next, now).dividedBy(input.interval()) + 1;
        Duration gap = input.interval().multipliedBy(passed);
        return new WindowProgress(
                window,
                looks,
                backfilled,
                missed,
                next.minus(input.interval()).plus(gap),
                unobserved,
                Durations.min(unobserved, input.maxExtension()),
                gap,
                checks);
    }

    /** Whether every look has been taken, as things stand. */
    public boolean ended(WatchInput input) {
        return nextDue(input).isAfter(endsAt(input));
    }

    /** Whether there is a verdict: every look has been taken, or a check has failed. */
    public boolean over(WatchInput input) {
        return failed(input) || ended(input);
    }

    /** Whether the window has ended with time that nobody saw and that may still be added. */
    public boolean overdue(WatchInput input) {
        return ended(input)
                && extension.isZero()
                && !unobserved.isZero()
                && !input.maxExtension().isZero();
    }

    /** Checks that a look measures: those due then that have not come to their end before. */
    public List<WatchedCheck> dueAt(WatchInput input, Instant look) {
        return input.checks().stream()
                .filter(check -> check.due(input, look))
                .filter(check -> !of(check.id()).settled(check.limits()))
                .toList();
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
        return of(checks, id);
    }

    private static CheckProgress of(List<CheckProgress> stood, String id) {
        return stood.stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseGet(() -> CheckProgress.begin(id));
    }
}
