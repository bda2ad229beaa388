package io.longwatch.starter.view;

/** A bar that fills up. */
final class Bar {
    private Bar() {}

    static String of(double fraction, int width, Style style) {
        int full = (int) Math.floor(Math.min(1, Math.max(0, fraction)) * width);
        return style.glyph("█", "#").repeat(full) + style.glyph("░", "-").repeat(width - full);
    }
}
