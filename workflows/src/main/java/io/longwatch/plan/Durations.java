package io.longwatch.plan;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as plans write them: 90s, 10m, 2h, 1h30m, 7d. */
public final class Durations {
    /** No release lasts longer; what does is a slip, and its sums would overflow. */
    public static final Duration LONGEST = Duration.ofDays(3_653);

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?(?:(\\d{1,8})ms)?");

    private Durations() {}

    /** As {@link #parse}, of what someone asks for: empty also if it is longer than ten years. */
    public static Optional<Duration> parseBounded(String text) {
        return parse(text)
                .filter(duration -> duration.compareTo(LONGEST) <= 0 && duration.compareTo(LONGEST.negated()) >= 0);
    }

    /** Reads a plan's duration or an ISO-8601 one; empty if it is neither. */
    public static Optional<Duration> parse(String text) {
        if (text.startsWith("PT") || text.startsWith("P")) {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        if ("0".equals(text)) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(part(matcher, 1))
                .plusHours(part(matcher, 2))
                .plusMinutes(part(matcher, 3))
                .plusSeconds(part(matcher, 4))
                .plusMillis(part(matcher, 5)));
    }

    /** The shorter of two. */
    public static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** The longer of two. */
    public static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static long part(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    /** The shortest form a plan could write: 2h, 1h30m, 45s, 0s. Days only from 72 h on. */
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        StringBuilder text = new StringBuilder();
        long days = duration.toHours() >= 72 ? duration.toDays() : 0;
        Duration rest = duration.minusDays(days);
        append(text, days, "d");
        append(text, rest.toHours(), "h");
        append(text, rest.toMinutesPart(), "m");
        append(text, rest.toSecondsPart(), "s");
        append(text, rest.toMillisPart(), "ms");
        return text.length() == 0 ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long value, String unit) {
        if (value != 0) {
            text.append(value).append(unit);
        }
    }
}
