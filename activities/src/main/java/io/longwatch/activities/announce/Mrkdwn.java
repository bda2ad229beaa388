package io.longwatch.activities.announce;

import io.longwatch.text.Bounded;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as Slack reads it: escaped, within its limits, times in the reader's own zone. */
final class Mrkdwn {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Mrkdwn() {}

    /** Text that stays text: no mention, link or date hides in it. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A time that each reader sees in their own zone. */
    static String time(Instant instant) {
        return "<!date^" + instant.getEpochSecond() + "^{date_short_pretty} at {time}|" + UTC.format(instant) + ">";
    }

    /** Escaped lines, gathered into texts of at most the given length. */
    static List<String> gather(List<String> lines, int longest) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            String next = cutEscaped(line, longest);
            if (!text.isEmpty() && text.length() + 1 + next.length() > longest) {
                texts.add(text.toString());
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : "\n").append(next);
        }
        if (!text.toString().isBlank()) {
            texts.add(text.toString());
        }
        return texts;
    }

    /** Cut before it is escaped, so that no entity is cut in two. */
    private static String cutEscaped(String line, int longest) {
        String escaped = escape(line);
        int keep = Math.min(line.length(), longest);
        while (escaped.length() > longest) {
            keep -= Math.max(1, (escaped.length() - longest) / 5);
            escaped = escape(Bounded.cut(line, Math.max(2, keep)));
        }
        return escaped;
    }
}
