package io.longwatch.sandbox.prometheus;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A series as a function of time. The same instant must always give the same value: the past does not change.
 *
 * @param name the metric's name
 * @param labels its other labels; a {@code job} ties it to the scrape job of that name
 * @param value its value at an instant, empty where the target does not expose it
 */
public record Series(String name, Map<String, String> labels, Value value) {
    public Series {
        labels = Map.copyOf(labels);
    }

    /** A series that is always there. */
    public static Series of(String name, Map<String, String> labels, ToDoubleFunction<Instant> value) {
        return new Series(name, labels, at -> OptionalDouble.of(value.applyAsDouble(at)));
    }

    /** A series that is there from one instant, included, to another, excluded. */
    public Series between(Instant from, Instant to) {
        return new Series(
                name, labels, at -> at.isBefore(from) || !at.isBefore(to) ? OptionalDouble.empty() : value.at(at));
    }

    /** A value that depends on the time. */
    @FunctionalInterface
    public interface Value {
        OptionalDouble at(Instant instant);
    }
}
