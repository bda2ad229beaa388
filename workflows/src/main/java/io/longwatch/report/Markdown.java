package io.longwatch.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Markdown page in the making. Everything that comes from outside is written so that it is text, not markup. */
final class Markdown {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder page = new StringBuilder();

    Markdown heading(int level, String text) {
        boolean apart = page.length() == 0 || page.substring(page.length() - 2).equals("\n\n");
        page.append(apart ? "" : "\n")
                .append("#".repeat(level))
                .append(' ')
                .append(text)
                .append("\n\n");
        return this;
    }

    Markdown line(String text) {
        page.append(text).append('\n');
        return this;
    }

    Markdown item(String text) {
        return line("- " + text);
    }

    Markdown tableHead(String... columns) {
        row(columns);
        return row(Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
    }

    Markdown row(String... cells) {
        return line("| " + String.join(" | ", cells) + " |");
    }

    /** Text of a person or a machine, on one line, with nothing in it that Markdown or HTML would read. */
    static String text(@Nullable Object value) {
        String plain = Objects.toString(value, "").strip().replaceAll("\\s+", " ");
        return plain.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replace("*", "\\*")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    static String code(@Nullable Object value) {
        String plain = Objects.toString(value, "")
                .replaceAll("\\s+", " ")
                .replace("`", "'")
                .replace("|", "\\|");
        return plain.isEmpty() ? "" : "`" + plain + "`";
    }

    static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
