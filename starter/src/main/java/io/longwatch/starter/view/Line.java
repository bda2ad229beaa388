package io.longwatch.starter.view;

import java.util.ArrayList;
import java.util.List;

/** A line in the making: coloured parts that are cut at the screen's edge, if it has one. */
final class Line {
    private record Part(String text, Paint paint) {}

    private final Style style;
    private final List<Part> parts = new ArrayList<>();
    private int length;

    Line(Style style) {
        this.style = style;
    }

    Line add(String text) {
        return add(text, Paint.NONE);
    }

    /** Adds text as far as there is room for it. */
    Line add(String text, Paint paint) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ");
        int room = style.edge() - length;
        String fitting = cut(clean, room);
        parts.add(new Part(fitting, paint));
        length += fitting.length();
        return this;
    }

    /** Adds text in a column of its own width. */
    Line column(String text, int width, Paint paint) {
        int room = style.edged() ? width - 1 : text.length();
        return add(pad(cut(text, room), width - 1) + " ", paint);
    }

    /** Adds text flush right in a column. */
    Line right(String text, int width, Paint paint) {
        return add(" ".repeat(Math.max(0, width - text.length())) + text, paint);
    }

    /** Adds text at the right edge of the screen; not at all if there is no room. */
    Line flushRight(String text, Paint paint) {
        int room = style.width() - length - text.length();
        return room < 1 ? this : add(" ".repeat(room) + text, paint);
    }

    private String cut(String text, int room) {
        if (text.length() <= room) {
            return text;
        }
        String ellipsis = style.glyph("…", "..");
        return room <= ellipsis.length() ? "" : text.substring(0, room - ellipsis.length()) + ellipsis;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        parts.forEach(part -> line.append(style.colour() ? part.paint().on(part.text()) : part.text()));
        return style.colour() ? line.toString() : line.toString().stripTrailing();
    }
}
