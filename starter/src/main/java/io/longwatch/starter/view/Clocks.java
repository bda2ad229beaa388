package io.longwatch.starter.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as a screen shows them. */
final class Clocks {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Clocks() {}

    /** Two units at most: 34s, 4m12s, 3h05m, 2d01h; below a second 0.4s. */
    static String length(Duration duration) {
        Duration positive = duration.abs();
        if (positive.toDays() > 2) {
            return String.format(Locale.ROOT, "%dd%02dh", positive.toDays(), positive.toHoursPart());
        }
        if (positive.toHours() > 0) {
            return String.format(Locale.ROOT, "%dh%02dm", positive.toHours(), positive.toMinutesPart());
        }
        if (positive.toMinutes() > 0) {
            return String.format(Locale.ROOT, "%dm%02ds", positive.toMinutes(), positive.toSecondsPart());
        }
        return positive.toSeconds() > 0 || positive.isZero()
                ? positive.toSeconds() + "s"
                : String.format(Locale.ROOT, "0.%ds", positive.toMillis() / 100);
    }

    /** How long something took or takes; empty before it began. */
    static String length(@Nullable Instant from, @Nullable Instant to, Instant now) {
        return from == null ? "" : length(Duration.between(from, to == null ? now : to));
    }

    /** Time from T: T-1h12m, T+3h05m. */
    static String fromT(Instant deployAt, Instant now) {
        return (now.isBefore(deployAt) ? "T-" : "T+") + length(Duration.between(deployAt, now));
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    static String day(Instant at) {
        return DAY.format(at) + " UTC";
    }
}
