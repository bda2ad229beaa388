package io.longwatch.release;

import io.longwatch.plan.Durations;
import io.longwatch.text.Bounded;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Durations and times that people name, kept within what a release can wait for. */
final class Span {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration FURTHEST = Duration.ofDays(365);

    private Span() {}

    /** Why a text is no duration that can be waited for: 1s to 30 days; empty if it is one. */
    static Optional<String> refusal(@Nullable String text) {
        Optional<String> malformed = malformed(text);
        if (malformed.isPresent() || text == null) {
            return malformed;
        }
        Duration read = of(text);
        boolean usable = read.compareTo(SHORTEST) >= 0 && read.compareTo(LONGEST) <= 0;
        return usable
                ? Optional.empty()
                : Optional.of("'" + Bounded.cut(text, 60) + "' is out of range; name " + Durations.format(SHORTEST)
                        + " to " + Durations.format(LONGEST));
    }

    /** Why a text is no duration at all. */
    static Optional<String> malformed(@Nullable String text) {
        if (text == null) {
            return Optional.of("say by how long: 30m, 2h");
        }
        return Durations.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of("'" + Bounded.cut(text, 60) + "' is not a duration; write 90s, 10m or 2h");
    }

    /** The duration of a text that is not refused. */
    static Duration of(String text) {
        return Durations.parse(text).orElseThrow();
    }

    /** Why a text is no time to deploy at, as seen from now; empty if it is one. */
    static Optional<String> refusal(@Nullable String text, Instant now) {
        Instant time;
        try {
            time = Instant.parse(String.valueOf(text));
        } catch (DateTimeParseException e) {
            return Optional.of(
                    "'" + Bounded.cut(String.valueOf(text), 60) + "' is not a time; write 2026-05-04T14:30:00Z");
        }
        if (time.isBefore(now)) {
            return Optional.of(time + " is past");
        }
        return time.isAfter(now.plus(FURTHEST))
                ? Optional.of(time + " is too far away; T may be " + FURTHEST.toDays() + " days ahead at most")
                : Optional.empty();
    }
}
