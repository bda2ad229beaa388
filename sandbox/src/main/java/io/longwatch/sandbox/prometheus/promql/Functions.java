package io.longwatch.sandbox.prometheus.promql;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which functions there are, and what they take. */
final class Functions {
    static final Set<String> AGGREGATIONS = Set.of("sum", "avg", "max", "min", "count");
    static final Set<String> OTHER_AGGREGATIONS =
            Set.of("topk", "bottomk", "quantile", "stddev", "stdvar", "group", "count_values");

    private static final List<Type> MATRIX = List.of(Type.MATRIX);
    private static final List<Type> VECTOR = List.of(Type.VECTOR);

    /** Functions over a range vector; the parameter, if there is one, before or after it. */
    static final Map<String, List<Type>> OVER_RANGE = Map.ofEntries(
            Map.entry("rate", MATRIX),
            Map.entry("increase", MATRIX),
            Map.entry("delta", MATRIX),
            Map.entry("irate", MATRIX),
            Map.entry("deriv", MATRIX),
            Map.entry("predict_linear", List.of(Type.MATRIX, Type.SCALAR)),
            Map.entry("changes", MATRIX),
            Map.entry("resets", MATRIX),
            Map.entry("avg_over_time", MATRIX),
            Map.entry("max_over_time", MATRIX),
            Map.entry("min_over_time", MATRIX),
            Map.entry("sum_over_time", MATRIX),
            Map.entry("count_over_time", MATRIX),
            Map.entry("last_over_time", MATRIX),
            Map.entry("present_over_time", MATRIX),
            Map.entry("quantile_over_time", List.of(Type.SCALAR, Type.MATRIX)));

    static final Map<String, Signature> OTHERS = Map.ofEntries(
            Map.entry("histogram_quantile", new Signature(List.of(Type.SCALAR, Type.VECTOR), Type.VECTOR)),
            Map.entry("absent", new Signature(VECTOR, Type.VECTOR)),
            Map.entry("absent_over_time", new Signature(MATRIX, Type.VECTOR)),
            Map.entry("clamp_min", new Signature(List.of(Type.VECTOR, Type.SCALAR), Type.VECTOR)),
            Map.entry("clamp_max", new Signature(List.of(Type.VECTOR, Type.SCALAR), Type.VECTOR)),
            Map.entry("abs", new Signature(VECTOR, Type.VECTOR)),
            Map.entry("ceil", new Signature(VECTOR, Type.VECTOR)),
            Map.entry("floor", new Signature(VECTOR, Type.VECTOR)),
            Map.entry("scalar", new Signature(VECTOR, Type.SCALAR)),
            Map.entry("vector", new Signature(List.of(Type.SCALAR), Type.VECTOR)),
            Map.entry("time", new Signature(List.of(), Type.SCALAR)));

    private Functions() {}

    /** What a function takes and gives. */
    record Signature(List<Type> arguments, Type result) {}
}
