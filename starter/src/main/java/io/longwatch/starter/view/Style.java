package io.longwatch.starter.view;

import io.longwatch.starter.World;

/**
 * What a screen can show.
 *
 * @param width columns
 * @param colour whether it has colours
 * @param unicode whether it shows more than ASCII
 */
public record Style(int width, boolean colour, boolean unicode) {
    private static final int LEAST = 60;

    public Style {
        width = Math.max(LEAST, width);
    }

    public static Style of(World world) {
        return new Style(world.columns(), world.colour(), world.unicode());
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
