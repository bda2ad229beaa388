package io.longwatch.starter;

import io.longwatch.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** T as people write it on a command line. */
public final class DeployTime {
    /** Its forms, for the help. */
    public static final String FORMS =
            "T: 2026-05-04T14:30Z, 2026-05-04T14:30 (your zone), 14:30, \"14:30 tomorrow\", or +3h.";

    private static final Pattern CLOCK =
            Pattern.compile("(?:(today|tomorrow) +)?(\\d{1,2}):(\\d{2})(?: +(today|tomorrow))?");
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss z", Locale.ROOT);

    private DeployTime() {}

    /**
     * Reads a time to come.
     *
     * @throws CommandFailed if it is none, or past, or further away than any release
     */
    public static Instant parse(String text, World world) {
        Instant time = read(text, world);
        if (time.isBefore(world.clock().instant().minusSeconds(1))) {
            throw CommandFailed.usage(words(time, world) + ", is past", FORMS);
        }
        return time;
    }

    /**
     * Reads a time, past or to come.
     *
     * @throws CommandFailed if it is none, or further away than any release
     */
    public static Instant read(String text, World world) {
        Instant now = world.clock().instant();
        String given = text.strip();
        Instant time = Stream.<Supplier<Optional<Instant>>>of(
                        () -> fromNow(given, now),
                        () -> clock(given, now, world.zone()),
                        () -> attempt(() -> OffsetDateTime.parse(given).toInstant()),
                        () -> attempt(() -> ZonedDateTime.parse(given).toInstant()),
                        () -> attempt(() -> LocalDateTime.parse(given.replace(' ', 'T'))
                                .atZone(world.zone())
                                .toInstant()))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> CommandFailed.usage("'" + text + "' is not a time", FORMS));
        if (time.isAfter(now.plus(Durations.LONGEST))) {
            throw CommandFailed.usage("'" + text + "' is more than ten years away", FORMS);
        }
        return time;
    }

    private static Optional<Instant> fromNow(String text, Instant now) {
        return text.startsWith("+")
                ? Durations.parseBounded(text.substring(1)).map(now.truncatedTo(ChronoUnit.SECONDS)::plus)
                : Optional.empty();
    }

    private static Optional<Instant> clock(String text, Instant now, ZoneId zone) {
        Matcher matcher = CLOCK.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 23 || Integer.parseInt(matcher.group(3)) > 59) {
            return Optional.empty();
        }
        ZonedDateTime today = now.atZone(zone)
                .with(LocalTime.of(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
        String day = matcher.group(1) == null ? matcher.group(4) : matcher.group(1);
        boolean tomorrow = day == null ? !today.toInstant().isAfter(now) : day.equals("tomorrow");
        return Optional.of((tomorrow ? today.plusDays(1) : today).toInstant());
    }

    private static Optional<Instant> attempt(Supplier<Instant> form) {
        try {
            return Optional.of(form.get());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The time in the person's zone and in UTC, with how far away it is. */
    public static String words(Instant time, World world) {
        Duration away = Duration.between(world.clock().instant(), time).truncatedTo(ChronoUnit.SECONDS);
        String far = away.isNegative() ? Durations.format(away.negated()) + " ago" : "in " + Durations.format(away);
        String there = SHOWN.format(time.atZone(world.zone()));
        boolean utc = world.zone().getRules().getOffset(time).equals(ZoneOffset.UTC);
        return there + (utc ? "" : " (" + time.truncatedTo(ChronoUnit.SECONDS) + ")") + ", " + far;
    }
}
