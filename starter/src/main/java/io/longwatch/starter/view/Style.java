package io.longwatch.starter.view;

import io.longwatch.starter.World;

/**
 * What a screen can show.
 *
 * @param width columns
 * @param colour whether it has colours
 * @param unicode whether it shows more than ASCII
 * @param edged whether lines end at its edge; in a file or a pipe nothing is cut
 */
public record Style(int width, boolean colour, boolean unicode, boolean edged) {
    /** Columns that lines are laid out for at least. */
    static final int LEAST = 60;

    public Style {
        width = Math.max(LEAST, width);
    }

    /** A screen with an edge. */
    public Style(int width, boolean colour, boolean unicode) {
        this(width, colour, unicode, true);
    }

    public static Style of(World world) {
        return new Style(world.columns(), world.colour(), world.unicode(), world.terminal());
    }

    /** The same without colours and symbols. */
    public Style plain() {
        return new Style(width, false, false, edged);
    }

    /** Columns after which a line is cut or broken. */
    public int edge() {
        return edged ? width : Integer.MAX_VALUE;
    }

    String glyph(String symbol, String plain) {
        return unicode ? symbol : plain;
    }

    /** Columns of the titles of steps, phases and windows. */
    int titleWidth() {
        return Math.min(44, Math.max(26, width * 2 / 5));
    }

    /** Columns of a bar. */
    int barWidth() {
        return width >= 100 ? 20 : 8;
    }

    /** Columns of what stands ahead of a bar. */
    int barTitleWidth() {
        return width >= 100 ? titleWidth() : 26;
    }
}
