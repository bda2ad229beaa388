package io.longwatch.sandbox.prometheus.promql;

import java.util.List;

/** What an expression gives at an instant. */
public sealed interface Value {
    /** A number. */
    record Scalar(double number) implements Value {}

    /** A text. */
    record Text(String text) implements Value {}

    /** One number for each of some series. */
    record Vector(List<Point> points) implements Value {
        public Vector {
            points = List.copyOf(points);
        }
    }

    /** Some samples for each of some series. */
    record Matrix(List<Run> runs) implements Value {
        public Matrix {
            runs = List.copyOf(runs);
        }
    }

    /** A series' number. */
    record Point(Labels labels, double number) {}

    /** A series' samples in the order of time. */
    @SuppressWarnings("ArrayRecordComponent")
    record Run(Labels labels, long[] times, double[] numbers) {
        int size() {
            return times.length;
        }
    }
}
