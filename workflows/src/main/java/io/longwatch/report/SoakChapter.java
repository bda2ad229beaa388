package io.longwatch.report;

import static io.longwatch.report.Markdown.text;
import static io.longwatch.report.Markdown.time;
import static java.util.stream.Collectors.joining;

import io.longwatch.plan.Durations;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.soak.Words;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a report about the soak: each window with what its checks saw. */
final class SoakChapter {
    private final Markdown page;
    private final ReleaseRecord record;

    SoakChapter(Markdown page, ReleaseRecord record) {
        this.page = page;
        this.record = record;
    }

    void write() {
        record.soak().forEach(this::window);
    }

    private void window(WindowRecord window) {
        page.heading(3, text(window.title()) + ": " + (window.verdict() == null ? noVerdict() : window.verdict()));
        WindowResult result = window.result();
        if (window.startsAt() == null) {
            page.line("Did not begin.");
            return;
        }
        page.line(time(window.startsAt()) + " to " + time(end(window))
                + (result == null ? "." : ": " + looks(result) + "."));
        if (window.by() != null) {
            page.line("").line("Waived by " + text(window.by()) + ": " + text(window.reason()) + ".");
        }
        if (result != null) {
            page.line("").tableHead("Check", "Verdict", "Measured", "Least", "Greatest", "Last", "Series", "Note");
            result.checks().forEach(this::check);
        }
    }

    /** When the window ended, or is to end; one that the release left ended with its last look. */
    private @Nullable Instant end(WindowRecord window) {
        WindowResult result = window.result();
        boolean left = window.verdict() == null && record.state().ended();
        return left && result != null ? result.endedAt() : window.endsAt();
    }

    private String noVerdict() {
        return record.state().ended() ? "no verdict, the release ended before" : "open";
    }

    private static String looks(WindowResult result) {
        return Words.looks(result.looks())
                + (result.backfilled() > 0 ? ", " + result.backfilled() + " filled in later" : "")
                + ", " + result.missed() + " missed"
                + (result.extension().isZero() ? "" : ", " + Durations.format(result.extension()) + " longer")
                + (result.uncovered().isZero() ? "" : ", " + Durations.format(result.uncovered()) + " never observed");
    }

    private void check(CheckVerdict check) {
        page.row(
                text(check.title()),
                check.verdict().name(),
                measured(check),
                Words.figure(check.least(), check.unit()),
                Words.figure(check.greatest(), check.unit()),
                Words.figure(check.last(), check.unit()),
                Sparkline.of(check.series()),
                text(check.message()));
    }

    private static String measured(CheckVerdict check) {
        String bad = Stream.of(
                        part(check.failed(), "failed"),
                        part(check.inconclusive(), "inconclusive"),
                        part(check.noData(), "without data"),
                        part(check.errors(), "errors"))
                .filter(part -> !part.isEmpty())
                .collect(joining(", "));
        return check.measured() + (bad.isEmpty() ? "" : " (" + bad + ")");
    }

    private static String part(int count, String what) {
        return count == 0 ? "" : count + " " + what;
    }
}
