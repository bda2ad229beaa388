package io.longwatch.starter.view;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws a release over its former state, in place, with ANSI sequences. */
public final class TerminalScreen implements Screen {
    /** Lines of a terminal that a frame fits into. */
    static final int LEAST = 12;

    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int KEPT_AT_TOP = 4;

    private final PrintWriter out;
    private final Style style;
    private final int height;
    private final Thread restore;
    private int drawn;

    public TerminalScreen(PrintWriter out, Style style, int height) {
        this.out = out;
        this.style = style;
        this.height = Math.max(LEAST, height);
        this.restore = new Thread(this::showCursor, "show-cursor");
        Runtime.getRuntime().addShutdownHook(restore);
    }

    @Override
    public void show(ReleasePlan plan, ReleaseRecord record, Instant now) {
        draw(
                record.state().ended()
                        ? ReleaseView.lines(plan, record, now, style)
                        : fitting(ReleaseView.lines(plan, record, now, style, height - 1)));
    }

    private void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder(HIDE_CURSOR);
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append("F");
        }
        lines.forEach(line -> frame.append(line).append(CLEAR_TO_END_OF_LINE).append('\n'));
        frame.append(CLEAR_BELOW);
        out.print(frame);
        out.flush();
        drawn = lines.size();
    }

    // A frame taller than the terminal would scroll away and could not be drawn over.
    private List<String> fitting(List<String> lines) {
        int most = height - 1;
        if (lines.size() <= most) {
            return lines;
        }
        int hidden = lines.size() - most + 1;
        List<String> shown = new ArrayList<>(lines.subList(0, KEPT_AT_TOP));
        shown.add(new Line(style)
                .add(style.glyph("⋮ ", ": ") + hidden + " lines more", Paint.DIM)
                .toString());
        shown.addAll(lines.subList(KEPT_AT_TOP + hidden, lines.size()));
        return shown;
    }

    private void showCursor() {
        out.print(SHOW_CURSOR);
        out.flush();
    }

    @Override
    public void close() {
        showCursor();
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException e) {
            return; // already shutting down, and the hook runs
        }
    }
}
