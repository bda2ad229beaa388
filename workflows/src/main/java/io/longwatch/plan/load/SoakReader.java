package io.longwatch.plan.load;

import io.longwatch.plan.Check;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Soak.Window;
import io.longwatch.plan.load.Declared.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Reads the soak. */
final class SoakReader {
    private final Reading reading;

    SoakReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Soak> read(Located node) {
        return Fields.of(reading, "soak", node).map(this::read);
    }

    private Soak read(Fields fields) {
        List<Check> checks = all(fields, "checks", Kind.CHECK, check -> new CheckReader(check, place(check)).read());
        List<String> ids = checks.stream().map(Check::id).toList();
        List<Window> windows =
                all(fields, "windows", Kind.WINDOW, window -> new WindowReader(window, place(window), ids).read());
        requireSome(fields, "checks", checks);
        requireSome(fields, "windows", windows);
        warnOfUnwatched(ids, windows);
        windows.forEach(window -> requireFitting(window, checks));
        fields.done();
        return new Soak(checks, windows);
    }

    private Place place(Fields fields) {
        return reading.index().placeOf(fields.node());
    }

    private <T> List<T> all(Fields fields, String name, Kind kind, Function<Fields, T> reader) {
        return fields.list(name).stream()
                .flatMap(node -> Fields.of(reading, label(kind, node), node).stream())
                .map(reader)
                .toList();
    }

    private static String label(Kind kind, Located node) {
        return node instanceof Located.Mapping mapping ? Ids.label(kind, mapping) : "a " + kind.words();
    }

    private static void requireSome(Fields fields, String name, List<?> read) {
        boolean unread = fields.node()
                .get(name)
                .filter(node -> !(node instanceof Located.Scalar s && s.isNull()))
                .filter(node -> !Nodes.isEmptyList(node))
                .isPresent();
        if (read.isEmpty() && !unread) {
            fields.error(fields.node().position(), " has no " + name + "; add one, or remove the soak");
        }
    }

    /** A check is measured at most at each look, and at least once. */
    private void requireFitting(Window window, List<Check> checks) {
        for (Check check : checks) {
            if (window.checks().contains(check.id())) {
                requireFitting(window, check);
            }
        }
    }

    private void requireFitting(Window window, Check check) {
        Duration interval = Objects.requireNonNullElse(check.interval(), Duration.ZERO);
        if (!interval.isZero() && interval.compareTo(window.interval()) < 0) {
            unfitting(
                    check,
                    "interval " + Durations.format(interval) + " is shorter than window '" + window.id()
                            + "' looks, every " + Durations.format(window.interval())
                            + "; lengthen it, or shorten the window's");
        } else if (interval.compareTo(window.duration()) > 0) {
            unfitting(check, "interval " + Durations.format(interval) + tooLongFor(window));
        } else if (check.initialDelay().compareTo(window.duration()) > 0) {
            unfitting(check, "initialDelay " + Durations.format(check.initialDelay()) + tooLongFor(window));
        }
    }

    private static String tooLongFor(Window window) {
        return " is longer than window '" + window.id() + "' lasts, " + Durations.format(window.duration())
                + "; it would never be measured there";
    }

    private void unfitting(Check check, String why) {
        reading.index()
                .find(check.id())
                .ifPresent(declared ->
                        reading.problems().error(declared.position(), "soak check '" + check.id() + "': " + why));
    }

    private void warnOfUnwatched(List<String> checks, List<Window> windows) {
        for (String check : checks) {
            if (!windows.isEmpty()
                    && windows.stream().noneMatch(window -> window.checks().contains(check))) {
                reading.index()
                        .find(check)
                        .ifPresent(declared -> reading.problems()
                                .warning(
                                        declared.position(),
                                        "no window looks at soak check '" + check + "'; name it in one, or remove it"));
            }
        }
    }
}
