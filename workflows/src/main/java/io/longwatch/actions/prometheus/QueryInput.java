package io.longwatch.actions.prometheus;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code prometheus.query}. */
public record QueryInput(
        @ConnectionName("prometheus")
        @Field(value = "Connection of kind prometheus; the environment's only one by default", example = "metrics")
        @Nullable
        String connection,

        @Field(
                value = "PromQL that gives a number or an instant vector",
                example = "sum(rate(auren_webhooks_total[5m]))")
        String query,

        @Field(value = "Instant to look at; now by default", example = "2026-11-21T09:00:00Z") @Nullable
        Instant time,

        @Field(value = "Look at this long up to 'time' instead of at one instant; needs 'reduce'", example = "2h")
        @Nullable
        Duration range,

        @Field(
                value = "Distance of the looks in the range; a hundredth of it, at least 15s, by default",
                example = "1m")
        @Nullable
        Duration step,

        @Field(value = "How the looks of a range become one figure: max, min, avg or last", example = "max") @Nullable
        String reduce,

        @Field(
                value =
                        "How several series become one figure: only (default; more than one is an error), max, min, sum or"
                                + " avg",
                example = "only")
        @Nullable
        String aggregate,

        @Field(value = "Unit of the figure, for people; none by default", example = "ms") @Nullable
        String unit) {
    private static final List<String> REDUCTIONS = List.of("max", "min", "avg", "last");
    private static final List<String> AGGREGATES = List.of("only", "max", "min", "sum", "avg");
    private static final long MOST_LOOKS = 11_000;

    public QueryInput {
        if (query.isBlank()) {
            throw new IllegalArgumentException("query is empty; write PromQL");
        }
        oneOf("reduce", reduce, REDUCTIONS);
        oneOf("aggregate", aggregate, AGGREGATES);
        if ((range == null) != (reduce == null)) {
            throw new IllegalArgumentException(
                    "range and reduce go together: 'range: 2h, reduce: max' gives the highest of two hours");
        }
        if (step != null && range == null) {
            throw new IllegalArgumentException("step " + step + " has no range; write one, or leave step out");
        }
        if (range != null && (range.isNegative() || range.isZero())) {
            throw new IllegalArgumentException("range " + range + " is not positive; write 5m or 2h");
        }
        if (step != null && (step.isNegative() || step.isZero())) {
            throw new IllegalArgumentException("step " + step + " is not positive; write 15s or 1m");
        }
        if (step != null && range != null && range.toMillis() / Math.max(1, step.toMillis()) >= MOST_LOOKS) {
            throw new IllegalArgumentException("range " + range + " in steps of " + step + " is more than " + MOST_LOOKS
                    + " looks; write a longer step");
        }
    }

    /** A query at this moment, everything else by default. */
    public static QueryInput of(String query) {
        return new QueryInput(null, query, null, null, null, null, null, null);
    }

    private static void oneOf(String field, @Nullable String value, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw new IllegalArgumentException(
                    field + " '" + value + "' is not known; write " + String.join(", ", allowed));
        }
    }

    public String aggregateOrDefault() {
        return aggregate == null ? "only" : aggregate;
    }
}
