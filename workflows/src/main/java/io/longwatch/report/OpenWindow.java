package io.longwatch.report;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Soak;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.WindowProgress;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import java.util.List;

/**
 * A record with what the open window has seen so far. The release itself learns that only at the window's end; whoever
 * looks on reads it from the heartbeat of the activity that watches.
 */
public final class OpenWindow {
    private OpenWindow() {}

    /** The record with the progress as the window's result; its verdict stays open. */
    public static ReleaseRecord seen(ReleasePlan plan, ReleaseRecord record, WindowProgress progress) {
        Soak soak = plan.soak();
        if (soak == null) {
            return record;
        }
        List<WindowRecord> windows = record.soak().stream()
                .map(window -> window.window().equals(progress.window()) && window.verdict() == null
                        ? seen(soak, window, progress)
                        : window)
                .toList();
        return record.withSoak(windows);
    }

    private static WindowRecord seen(Soak soak, WindowRecord window, WindowProgress progress) {
        List<CheckVerdict> checks = progress.checks().stream()
                .filter(check -> soak.checks().stream().anyMatch(one -> one.id().equals(check.id())))
                .map(check -> CheckVerdict.of(soak.check(check.id()), check))
                .toList();
        return new WindowRecord(
                window.window(),
                window.title(),
                window.startsAt(),
                window.endsAt(),
                null,
                window.by(),
                window.reason(),
                WindowResult.soFar(progress, checks),
                window.covers());
    }
}
