package io.longwatch.release;

import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a soak window.
 *
 * @param window window id
 * @param title for people
 * @param startsAt when it began, or null before
 * @param endsAt when it ends as things stand, or ended
 * @param verdict its verdict, or null while it is open
 * @param by who waived it, or null
 * @param reason why they did, or why nobody could look
 * @param result what was seen
 * @param covers boxes of the source checklist
 */
public record WindowRecord(
        String window,
        String title,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Verdict verdict,
        @Nullable String by,
        @Nullable String reason,
        @Nullable WindowResult result,
        List<Integer> covers) {
    public WindowRecord {
        covers = List.copyOf(covers);
    }

    static WindowRecord pending(String window, String title, List<Integer> covers) {
        return new WindowRecord(window, title, null, null, null, null, null, null, covers);
    }

    WindowRecord open(Instant from, Instant to) {
        return new WindowRecord(
                window, title, startsAt == null ? from : startsAt, to, null, null, null, result, covers);
    }

    /** Begun anew, at that time. */
    WindowRecord from(Instant start) {
        return new WindowRecord(window, title, start, endsAt, verdict, by, reason, result, covers);
    }

    WindowRecord judged(WindowResult seen) {
        return new WindowRecord(
                window, title, startsAt, seen.endedAt(), seen.verdict(), null, null, seen.withoutProgress(), covers);
    }

    /** With what was seen until now, and no verdict. */
    WindowRecord seen(WindowResult sofar) {
        return new WindowRecord(window, title, startsAt, endsAt, verdict, by, reason, sofar.withoutProgress(), covers);
    }

    /** With no verdict but that nobody could look, and why; nobody has let that pass. */
    WindowRecord undecided(String why) {
        return new WindowRecord(window, title, startsAt, endsAt, Verdict.INCONCLUSIVE, null, why, result, covers);
    }

    WindowRecord waived(String person, @Nullable String why) {
        return new WindowRecord(window, title, startsAt, endsAt, Verdict.WAIVED, person, why, result, covers);
    }
}
