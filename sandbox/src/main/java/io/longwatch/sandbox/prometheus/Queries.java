package io.longwatch.sandbox.prometheus;

import io.longwatch.sandbox.prometheus.promql.Evaluator;
import io.longwatch.sandbox.prometheus.promql.Expr;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.Parser;
import io.longwatch.sandbox.prometheus.promql.PromqlException;
import io.longwatch.sandbox.prometheus.promql.Samples;
import io.longwatch.sandbox.prometheus.promql.Type;
import io.longwatch.sandbox.prometheus.promql.Value;
import io.longwatch.sandbox.prometheus.promql.Value.Point;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queries at an instant and over a range. */
final class Queries {
    private final Evaluator evaluator;

    Queries(Samples samples) {
        this.evaluator = new Evaluator(samples);
    }

    Value at(Expr expr, long instant) {
        return evaluator.at(expr, instant);
    }

    List<Run> over(String query, long start, long end, long step) {
        Expr expr = Parser.parse(query);
        if (expr.type() != Type.SCALAR && expr.type() != Type.VECTOR) {
            throw PromqlException.invalid("invalid expression type \""
                    + expr.type().words() + "\" for range query, must be Scalar or instant Vector");
        }
        Map<Labels, List<Moment>> bySeries = new LinkedHashMap<>();
        for (long at = start; at <= end; at += step) {
            for (Point point : points(evaluator.at(expr, at))) {
                bySeries.computeIfAbsent(point.labels(), labels -> new ArrayList<>())
                        .add(new Moment(at, point.number()));
            }
        }
        return bySeries.entrySet().stream()
                .map(series -> new Run(
                        series.getKey(),
                        series.getValue().stream().mapToLong(Moment::at).toArray(),
                        series.getValue().stream().mapToDouble(Moment::number).toArray()))
                .toList();
    }

    private static List<Point> points(Value value) {
        if (value instanceof Value.Scalar scalar) {
            return List.of(new Point(Labels.NONE, scalar.number()));
        }
        return value instanceof Value.Vector vector ? vector.points() : List.of();
    }

    /** A number at an instant. */
    private record Moment(long at, double number) {}
}
