package io.longwatch.soak;

import io.longwatch.contract.ActionResult;
import io.longwatch.plan.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a window ended.
 *
 * @param window window id
 * @param verdict of the window
 * @param checks of each check
 * @param looks looks taken in time
 * @param backfilled looks taken later for a time nobody looked
 * @param missed looks nobody took
 * @param uncovered time that stayed unobserved after the extension
 * @param extension time added for missed looks
 * @param endedAt when it ended
 * @param summary one line for people
 * @param progress how its checks stood, so that it can be watched for longer; null in a release's record
 */
public record WindowResult(
        String window,
        Verdict verdict,
        List<CheckVerdict> checks,
        int looks,
        int backfilled,
        int missed,
        Duration uncovered,
        Duration extension,
        Instant endedAt,
        String summary,
        @Nullable WindowProgress progress)
        implements ActionResult {
    public WindowResult {
        checks = List.copyOf(checks);
    }

    /**
     * How a check ended.
     *
     * @param id check id
     * @param title for people
     * @param unit unit of its figures
     * @param verdict of the check
     * @param measured measurements counted
     * @param failed of these FAILED
     * @param inconclusive of these INCONCLUSIVE
     * @param noData of these without data
     * @param errors of these errors
     * @param last last figure
     * @param least least figure
     * @param greatest greatest figure
     * @param series a sample of its figures
     * @param message last thing that was not PASSED
     */
    public record CheckVerdict(
            String id,
            String title,
            String unit,
            Verdict verdict,
            int measured,
            int failed,
            int inconclusive,
            int noData,
            int errors,
            @Nullable Double last,
            @Nullable Double least,
            @Nullable Double greatest,
            List<Double> series,
            @Nullable String message) {
        public CheckVerdict {
            series = List.copyOf(series);
        }

        /** How a check of the plan stands, or ended. */
        public static CheckVerdict of(Check check, CheckProgress progress) {
            return of(WatchedCheck.of(check, check.with()), progress);
        }

        static CheckVerdict of(WatchedCheck check, CheckProgress progress) {
            return new CheckVerdict(
                    check.id(),
                    check.title(),
                    check.unit(),
                    progress.verdict(check.limits()),
                    progress.measured(),
                    progress.failed(),
                    progress.inconclusive(),
                    progress.noData(),
                    progress.errors(),
                    progress.last(),
                    progress.least(),
                    progress.greatest(),
                    progress.series(),
                    progress.message());
        }
    }

    /** The result as it is kept. */
    public WindowResult withoutProgress() {
        return new WindowResult(
                window, verdict, checks, looks, backfilled, missed, uncovered, extension, endedAt, summary, null);
    }

    /** What a window has seen that has no verdict yet, up to its last look. */
    public static WindowResult soFar(WatchInput input, WindowProgress progress) {
        return soFar(progress, checks(input, progress));
    }

    /**
     * What a window has seen that has no verdict yet, up to its last look.
     *
     * @param checks how each stands
     */
    public static WindowResult soFar(WindowProgress progress, List<CheckVerdict> checks) {
        return new WindowResult(
                progress.window(),
                checks.stream().map(CheckVerdict::verdict).reduce(Verdict.PASSED, Verdict::and),
                checks,
                progress.looks(),
                progress.backfilled(),
                progress.missed(),
                progress.uncovered(),
                progress.extension(),
                Objects.requireNonNullElse(progress.lastLookAt(), Instant.EPOCH),
                Words.looks(progress.looks()) + " so far",
                null);
    }

    /** The result of a window that ends now. */
    public static WindowResult of(WatchInput input, WindowProgress progress, Instant now) {
        List<CheckVerdict> checks = checks(input, progress);
        Verdict verdict = progress.verdict(input);
        return new WindowResult(
                input.window(),
                verdict,
                checks,
                progress.looks(),
                progress.backfilled(),
                progress.missed(),
                progress.uncovered(),
                progress.extension(),
                now,
                Words.of(verdict, checks, progress),
                progress);
    }

    private static List<CheckVerdict> checks(WatchInput input, WindowProgress progress) {
        return input.checks().stream()
                .map(check -> CheckVerdict.of(check, progress.of(check.id())))
                .toList();
    }
}
