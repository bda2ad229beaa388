package io.longwatch.starter.view;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.starter.World;
import java.io.PrintWriter;
import java.time.Instant;

/** Where a release is shown as it goes on. */
public interface Screen extends AutoCloseable {
    /**
     * The screen for a place: one that draws over itself where that can be read, else a line per change.
     *
     * @param place the terminal, pipe or file behind the output
     * @param drawn whether it may draw over itself
     */
    static Screen on(PrintWriter out, World place, boolean drawn) {
        boolean room = place.columns() >= Style.LEAST && place.lines() >= TerminalScreen.LEAST;
        return drawn && room && place.canRedraw() && place.colour()
                ? new TerminalScreen(out, Style.of(place), place.lines())
                : new PlainScreen(out, Style.of(place));
    }

    /** Shows how it stands. */
    void show(ReleasePlan plan, ReleaseRecord record, Instant now);

    /** Leaves the last state standing. */
    @Override
    void close();
}
