package io.longwatch.sandbox.prometheus.promql;

import io.longwatch.sandbox.prometheus.promql.Value.Matrix;
import io.longwatch.sandbox.prometheus.promql.Value.Point;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import io.longwatch.sandbox.prometheus.promql.Value.Scalar;
import io.longwatch.sandbox.prometheus.promql.Value.Text;
import io.longwatch.sandbox.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Evaluates a query over samples at an instant. */
public final class Evaluator {
    private final Samples samples;

    public Evaluator(Samples samples) {
        this.samples = samples;
    }

    /**
     * The expression's value at an instant, in milliseconds since the epoch.
     *
     * @throws PromqlException if the series do not allow it
     */
    public Value at(Expr expr, long instant) {
        Value value = evaluated(expr, instant);
        if (value instanceof Vector vector && !(expr instanceof Expr.Selector)) {
            requireDistinct(vector.points());
        }
        return value;
    }

    /** What drops the name of a metric may leave two series that nothing tells apart. */
    private static void requireDistinct(List<Point> points) {
        if (points.stream().map(Point::labels).distinct().count() < points.size()) {
            throw PromqlException.execution("vector cannot contain metrics with the same labelset");
        }
    }

    private Value evaluated(Expr expr, long instant) {
        if (expr instanceof Expr.Literal number) {
            return new Scalar(number.value());
        }
        if (expr instanceof Expr.Text text) {
            return new Text(text.value());
        }
        if (expr instanceof Expr.Selector selector) {
            return new Vector(samples.at(selector, instant - selector.offset()));
        }
        if (expr instanceof Expr.Range range) {
            return new Matrix(runs(range, instant));
        }
        if (expr instanceof Expr.OverRange call) {
            return overRange(call, instant);
        }
        if (expr instanceof Expr.Call call) {
            return call(call, instant);
        }
        if (expr instanceof Expr.Aggregation aggregation) {
            return aggregated(aggregation, points(aggregation.argument(), instant));
        }
        if (expr instanceof Expr.Binary binary) {
            return new Operators(binary.operator(), binary.bool(), binary.matching())
                    .apply(at(binary.left(), instant), at(binary.right(), instant));
        }
        if (expr instanceof Expr.Negation negation) {
            return negation.type() == Type.SCALAR
                    ? new Scalar(-number(negation.argument(), instant))
                    : mapped(points(negation.argument(), instant), number -> -number);
        }
        throw PromqlException.execution("an expression without evaluation");
    }

    private List<Run> runs(Expr.Range range, long instant) {
        long to = instant - range.selector().offset();
        return samples.between(range.selector(), to - range.range(), to);
    }

    private List<Point> points(Expr expr, long instant) {
        if (at(expr, instant) instanceof Vector vector) {
            return vector.points();
        }
        throw PromqlException.execution("expected an instant vector");
    }

    private double number(Expr expr, long instant) {
        if (at(expr, instant) instanceof Scalar scalar) {
            return scalar.number();
        }
        throw PromqlException.execution("expected a scalar");
    }

    private Vector overRange(Expr.OverRange call, long instant) {
        double parameter = call.parameter() == null ? Double.NaN : number(call.parameter(), instant);
        long to = instant - call.range().selector().offset();
        long from = to - call.range().range();
        List<Point> points = new ArrayList<>();
        for (Run run : runs(call.range(), instant)) {
            Labels labels = call.function().equals("last_over_time")
                    ? run.labels()
                    : run.labels().nameless();
            new RangeFunctions(run, from, to, instant)
                    .apply(call.function(), parameter)
                    .ifPresent(number -> points.add(new Point(labels, number)));
        }
        return new Vector(points);
    }

    private Value call(Expr.Call call, long instant) {
        List<Expr> arguments = call.arguments();
        return switch (call.function()) {
            case "time" -> new Scalar(instant / 1000.0);
            case "vector" -> new Vector(List.of(new Point(Labels.NONE, number(arguments.get(0), instant))));
            case "scalar" -> scalar(points(arguments.get(0), instant));
            case "abs" -> mapped(points(arguments.get(0), instant), Math::abs);
            case "ceil" -> mapped(points(arguments.get(0), instant), Math::ceil);
            case "floor" -> mapped(points(arguments.get(0), instant), Math::floor);
            case "clamp_min" -> {
                double bound = number(arguments.get(1), instant);
                yield mapped(points(arguments.get(0), instant), number -> Math.max(number, bound));
            }
            case "clamp_max" -> {
                double bound = number(arguments.get(1), instant);
                yield mapped(points(arguments.get(0), instant), number -> Math.min(number, bound));
            }
            case "histogram_quantile" ->
                new Vector(Histograms.quantile(number(arguments.get(0), instant), points(arguments.get(1), instant)));
            case "absent" ->
                absent(arguments.get(0), points(arguments.get(0), instant).isEmpty());
            case "absent_over_time" ->
                absent(
                        arguments.get(0),
                        runs((Expr.Range) arguments.get(0), instant).isEmpty());
            default -> throw PromqlException.execution("function \"" + call.function() + "\" has no evaluation");
        };
    }

    private static Scalar scalar(List<Point> points) {
        return new Scalar(points.size() == 1 ? points.get(0).number() : Double.NaN);
    }

    private static Vector mapped(List<Point> points, DoubleUnaryOperator change) {
        return new Vector(points.stream()
                .map(point -> new Point(point.labels().nameless(), change.applyAsDouble(point.number())))
                .toList());
    }

    private static Vector absent(Expr argument, boolean empty) {
        if (!empty) {
            return new Vector(List.of());
        }
        List<Matcher> matchers = List.of();
        if (argument instanceof Expr.Selector selector) {
            matchers = selector.matchers();
        } else if (argument instanceof Expr.Range range) {
            matchers = range.selector().matchers();
        }
        Map<String, String> labels = new HashMap<>();
        Set<String> named = new HashSet<>();
        for (Matcher matcher : matchers) {
            if (matcher.operator().equals("=") && named.add(matcher.label())) {
                labels.put(matcher.label(), matcher.value());
            } else {
                labels.remove(matcher.label());
            }
        }
        labels.remove(Labels.NAME);
        return new Vector(List.of(new Point(Labels.of(labels), 1)));
    }

    private static Vector aggregated(Expr.Aggregation aggregation, List<Point> points) {
        Map<Labels, List<Double>> groups = new LinkedHashMap<>();
        for (Point point : points) {
            Labels key = aggregation.without()
                    ? point.labels().nameless().without(aggregation.labels())
                    : point.labels().only(aggregation.labels());
            groups.computeIfAbsent(key, group -> new ArrayList<>()).add(point.number());
        }
        return new Vector(groups.entrySet().stream()
                .map(group -> new Point(group.getKey(), figure(aggregation.operator(), group.getValue())))
                .toList());
    }

    private static double figure(String operator, List<Double> numbers) {
        DoubleStream all = numbers.stream().mapToDouble(Double::doubleValue);
        DoubleStream real = numbers.stream().mapToDouble(Double::doubleValue).filter(number -> !Double.isNaN(number));
        return switch (operator) {
            case "sum" -> numbers.stream().reduce(0.0, Double::sum);
            case "avg" -> all.average().orElse(Double.NaN);
            case "max" -> real.max().orElse(Double.NaN);
            case "min" -> real.min().orElse(Double.NaN);
            case "count" -> numbers.size();
            default -> throw PromqlException.execution("aggregation \"" + operator + "\" has no evaluation");
        };
    }
}
