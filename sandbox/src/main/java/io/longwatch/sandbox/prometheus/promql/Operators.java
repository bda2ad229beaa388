package io.longwatch.sandbox.prometheus.promql;

import io.longwatch.sandbox.prometheus.promql.Expr.Matching;
import io.longwatch.sandbox.prometheus.promql.Value.Point;
import io.longwatch.sandbox.prometheus.promql.Value.Scalar;
import io.longwatch.sandbox.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binary operators between scalars and vectors. */
final class Operators {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<=", "<", ">=", ">");
    private static final Set<String> SETS = Set.of("and", "or", "unless");
    private final String operator;
    private final boolean bool;
    private final Matching matching;

    Operators(String operator, boolean bool, @Nullable Matching matching) {
        this.operator = operator;
        this.bool = bool;
        this.matching = matching == null ? Matching.ALL : matching;
    }

    Value apply(Value left, Value right) {
        if (left instanceof Scalar l && right instanceof Scalar r) {
            return new Scalar(number(l.number(), r.number()));
        }
        if (left instanceof Vector l && right instanceof Scalar r) {
            return new Vector(withScalar(l.points(), r.number(), false));
        }
        if (left instanceof Scalar l && right instanceof Vector r) {
            return new Vector(withScalar(r.points(), l.number(), true));
        }
        if (left instanceof Vector l && right instanceof Vector r) {
            return new Vector(
                    SETS.contains(operator) ? ofSets(l.points(), r.points()) : matched(l.points(), r.points()));
        }
        throw PromqlException.execution("operator " + operator + " between values that have none");
    }

    private boolean filters() {
        return COMPARISONS.contains(operator) && !bool;
    }

    private List<Point> withScalar(List<Point> points, double scalar, boolean scalarIsLeft) {
        List<Point> result = new ArrayList<>();
        for (Point point : points) {
            double number = scalarIsLeft ? number(scalar, point.number()) : number(point.number(), scalar);
            if (!filters()) {
                result.add(new Point(point.labels().nameless(), number));
            } else if (number != 0) {
                result.add(point);
            }
        }
        return result;
    }

    private List<Point> matched(List<Point> left, List<Point> right) {
        Map<Labels, Point> byKey = new HashMap<>();
        for (Point point : right) {
            Labels key = matching.key(point.labels());
            Point other = byKey.put(key, point);
            if (other != null) {
                throw PromqlException.execution("found duplicate series for the match group " + key
                        + " on the right hand-side of the operation: [" + point.labels() + ", " + other.labels()
                        + "];many-to-many matching not allowed: matching labels must be unique on one side");
            }
        }
        List<Point> result = new ArrayList<>();
        Set<Labels> seen = new HashSet<>();
        for (Point point : left) {
            Labels key = matching.key(point.labels());
            Point partner = byKey.get(key);
            if (partner != null && !seen.add(key)) {
                throw PromqlException.execution(
                        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            }
            if (partner != null) {
                add(result, point, partner.number());
            }
        }
        return result;
    }

    private void add(List<Point> result, Point left, double right) {
        double number = number(left.number(), right);
        if (!filters()) {
            result.add(new Point(matching.key(left.labels()), number));
        } else if (number != 0) {
            Labels labels =
                    matching.on() ? matching.key(left.labels()) : left.labels().without(matching.labels());
            result.add(new Point(labels, left.number()));
        }
    }

    private List<Point> ofSets(List<Point> left, List<Point> right) {
        List<Point> result = new ArrayList<>();
        Set<Labels> other = keys(operator.equals("or") ? left : right);
        if (operator.equals("or")) {
            result.addAll(left);
            right.stream()
                    .filter(point -> !other.contains(matching.key(point.labels())))
                    .forEach(result::add);
        } else {
            boolean wanted = operator.equals("and");
            left.stream()
                    .filter(point -> other.contains(matching.key(point.labels())) == wanted)
                    .forEach(result::add);
        }
        return result;
    }

    private Set<Labels> keys(List<Point> points) {
        return points.stream().map(point -> matching.key(point.labels())).collect(Collectors.toSet());
    }

    /** One to the power of anything is one, as IEEE 754 has it and Java has not. */
    private static double power(double base, double exponent) {
        return base == 1 || (base == -1 && Double.isInfinite(exponent)) ? 1 : Math.pow(base, exponent);
    }

    private double number(double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "%" -> left % right;
            case "^" -> power(left, right);
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case "<" -> left < right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            default -> throw PromqlException.execution("operator " + operator + " has no evaluation");
        };
    }
}
