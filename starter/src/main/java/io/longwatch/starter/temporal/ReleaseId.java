package io.longwatch.starter.temporal;

import io.longwatch.release.ReleaseRequest;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a release id, {@code <service>-<environment>-<yyyymmdd>-<n>}.
 *
 * @param line service and environment, joined by a hyphen as all their words are
 * @param day day on which the release was asked for, in UTC
 * @param number number of that day
 */
public record ReleaseId(String line, LocalDate day, int number) {
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]*-[a-z0-9-]+)-(\\d{8})-(\\d{1,6})");

    /** Reads an id; empty if it is none. */
    public static Optional<ReleaseId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReleaseId(
                    matcher.group(1),
                    LocalDate.parse(matcher.group(2), DateTimeFormatter.BASIC_ISO_DATE),
                    Integer.parseInt(matcher.group(3))));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The id after another of the same line; ids never go back, since effects are keyed by them. */
    public static ReleaseId next(String line, LocalDate today, Optional<ReleaseId> last) {
        return last.filter(former -> !former.day().isBefore(today))
                .map(former -> new ReleaseId(line, former.day(), former.number()).following())
                .orElseGet(() -> new ReleaseId(line, today, 1));
    }

    /** The id after this one. */
    ReleaseId following() {
        return new ReleaseId(line, day, number + 1);
    }

    /** Every workflow the id may belong to, since services and environments may hold hyphens both. */
    List<String> workflowIds() {
        List<String> ids = new ArrayList<>();
        for (int at = line.lastIndexOf('-'); at > 0; at = line.lastIndexOf('-', at - 1)) {
            if (at < line.length() - 1) {
                ids.add(ReleaseRequest.workflowId(line.substring(0, at), line.substring(at + 1)));
            }
        }
        return ids;
    }

    @Override
    public String toString() {
        return line + "-" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + number;
    }
}
