package io.longwatch.starter.view;

import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.report.Sparkline;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.soak.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Soak windows as bars that fill up; the open one with each of its checks. */
final class SoakLines {
    private final Style style;
    private final Instant now;
    private final boolean over;
    private final Map<String, Duration> planned;
    private final Folding folding;

    /**
     * Windows as of an instant.
     *
     * @param over whether the release has ended
     * @param planned how long each window was to last
     */
    SoakLines(Style style, Instant now, boolean over, Map<String, Duration> planned, Folding folding) {
        this.style = style;
        this.now = now;
        this.over = over;
        this.planned = planned;
        this.folding = folding;
    }

    List<String> of(List<WindowRecord> windows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            WindowRecord window = windows.get(i);
            List<WindowRecord> alike = folding.foldsWindows() ? alike(windows.subList(i, windows.size())) : List.of();
            if (alike.size() > 1) {
                lines.add(folded(alike));
                i += alike.size() - 1;
                continue;
            }
            lines.add(window(window));
            WindowResult result = window.result();
            if (result != null && isOpen(window)) {
                checks(result).forEach(lines::add);
            }
        }
        return lines;
    }

    /** The windows at the beginning of a list that all passed, or are all to come. */
    private List<WindowRecord> alike(List<WindowRecord> windows) {
        StepState first = state(windows.get(0));
        return first == StepState.PASSED || first == StepState.PENDING
                ? windows.stream().takeWhile(window -> state(window) == first).toList()
                : List.of();
    }

    private String folded(List<WindowRecord> windows) {
        StepState state = state(windows.get(0));
        boolean ahead = state == StepState.PENDING;
        return new Line(style)
                .add("  " + Marks.of(state, style) + " ", Marks.paint(state))
                .column(
                        windows.size() + (ahead ? " windows to come" : " windows passed"),
                        style.barTitleWidth(),
                        ahead ? Paint.DIM : Paint.NONE)
                .add(Bar.of(ahead ? 0 : 1, style.barWidth(), style), Marks.paint(state))
                .toString();
    }

    private boolean isOpen(WindowRecord window) {
        return window.startsAt() != null && window.verdict() == null && !over;
    }

    private String window(WindowRecord window) {
        StepState state = state(window);
        return new Line(style)
                .add("  " + Marks.of(state, style) + " ", Marks.paint(state))
                .column(window.title(), style.barTitleWidth(), state == StepState.PENDING ? Paint.DIM : Paint.NONE)
                .add(Bar.of(fraction(window), style.barWidth(), style), Marks.paint(state))
                .add("  ")
                .add(seen(window), Paint.NONE)
                .toString();
    }

    private StepState state(WindowRecord window) {
        if (window.startsAt() == null) {
            return StepState.PENDING;
        }
        return window.verdict() == null && over ? StepState.OPEN : Marks.of(window.verdict());
    }

    private double fraction(WindowRecord window) {
        Instant from = window.startsAt();
        Instant to = window.endsAt();
        if (from == null || to == null) {
            return 0;
        }
        if (window.verdict() == Verdict.FAILED) {
            return part(Duration.between(from, to), planned.getOrDefault(window.window(), Duration.between(from, to)));
        }
        WindowResult result = window.result();
        Instant left = result == null ? from : result.endedAt();
        Instant reached = window.verdict() != null ? to : over ? left : now;
        return part(Duration.between(from, reached), Duration.between(from, to));
    }

    private static double part(Duration gone, Duration whole) {
        return Math.min(1, gone.toMillis() / (double) Math.max(1, whole.toMillis()));
    }

    private String seen(WindowRecord window) {
        if (window.startsAt() == null) {
            return "";
        }
        WindowResult result = window.result();
        List<String> parts = new ArrayList<>();
        if (isOpen(window)) {
            parts.add(Math.round(Math.floor(fraction(window) * 100)) + "%");
            parts.add(left(window));
        } else if (window.verdict() != null) {
            parts.add(window.verdict().name() + (window.by() == null ? "" : " by " + window.by()));
        }
        if (result != null) {
            parts.add(Words.looks(result.looks()));
            if (result.missed() > 0) {
                parts.add(result.missed() + " missed");
            }
            if (!isOpen(window)) {
                worst(result).ifPresent(check -> parts.add(inWords(check)));
            }
        }
        return String.join(", ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    private String left(WindowRecord window) {
        Instant end = window.endsAt();
        return end == null || end.isBefore(now) ? "verdict due" : Clocks.length(Duration.between(now, end)) + " left";
    }

    private static Optional<CheckVerdict> worst(WindowResult result) {
        return result.checks().stream().min(Comparator.comparing(CheckVerdict::verdict));
    }

    private static String inWords(CheckVerdict check) {
        String figure = check.last() == null ? "" : " " + Words.figure(check.last(), check.unit());
        String verdict = check.verdict() == Verdict.PASSED ? "" : " " + check.verdict();
        return check.title() + figure + verdict;
    }

    private List<String> checks(WindowResult result) {
        List<CheckVerdict> worstFirst = result.checks().stream()
                .sorted(Comparator.comparing(CheckVerdict::verdict))
                .toList();
        List<String> lines = new ArrayList<>();
        worstFirst.stream().limit(folding.checks()).map(this::check).forEach(lines::add);
        if (worstFirst.size() > folding.checks()) {
            lines.add("      " + (worstFirst.size() - folding.checks()) + " more");
        }
        return lines;
    }

    private String check(CheckVerdict check) {
        boolean begun = check.measured() > 0;
        StepState state = begun ? Marks.of(check.verdict()) : StepState.PENDING;
        String note = check.verdict() == Verdict.PASSED || !begun || check.message() == null
                ? ""
                : check.verdict() + ": " + check.message();
        String series = Sparkline.of(check.series(), style.barWidth(), style.unicode());
        return new Line(style)
                .add("    " + Marks.of(state, style) + " ", Marks.paint(state))
                .column(check.title(), style.barTitleWidth() - 2, begun ? Paint.NONE : Paint.DIM)
                .column(series, style.barWidth() + 2, Marks.paint(state))
                .column(begun ? Words.figure(check.last(), check.unit()) : "not yet", 12, Paint.NONE)
                .add(note, state == StepState.FAILED ? Paint.BAD : Paint.DOUBT)
                .toString();
    }
}
