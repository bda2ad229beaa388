package io.longwatch.activities.prometheus;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.QueryResult;
import io.longwatch.contract.Failures;
import io.longwatch.plan.Durations;
import io.longwatch.text.Bounded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** prometheus.query: one figure out of a query. */
final class Query {
    private static final int MOST_NAMED = 5;
    private static final int MOST_LABELS = 20;
    private static final int MOST_WARNINGS = 3;
    private static final int LONGEST = 200;
    private static final long USUAL_LOOKS = 100;
    private static final Duration SHORTEST_STEP = Duration.ofSeconds(15);
    private final QueryInput input;
    private final PrometheusApi api;
    private final Clock clock;

    Query(QueryInput input, PrometheusApi api, Clock clock) {
        this.input = input;
        this.api = api;
        this.clock = clock;
    }

    QueryResult run() {
        Instant time = input.time() == null ? clock.instant() : input.time();
        JsonNode answer = input.range() == null
                ? api.query(input.query(), time)
                : api.queryRange(input.query(), time.minus(input.range()), time, step(input.range()));
        return result(read(answer.path("data")), warnings(answer.path("warnings")));
    }

    private Duration step(Duration range) {
        if (input.step() != null) {
            return input.step();
        }
        Duration usual = range.dividedBy(USUAL_LOOKS);
        return Durations.max(usual, SHORTEST_STEP);
    }

    private List<Line> read(JsonNode data) {
        List<Line> lines = new ArrayList<>();
        JsonNode result = data.path("result");
        switch (data.path("resultType").asText()) {
            case "scalar" -> lines.add(new Line(Map.of(), new double[] {number(result)}));
            case "vector" ->
                result.forEach(one ->
                        lines.add(new Line(labels(one.path("metric")), new double[] {number(one.path("value"))})));
            case "matrix" -> {
                if (input.range() == null) {
                    throw Failures.invalid(
                            "query '" + brief(input.query())
                                    + "' gives a range vector; wrap it in rate() or max_over_time(), or give 'range' and 'reduce'");
                }
                result.forEach(one -> lines.add(new Line(labels(one.path("metric")), numbers(one))));
            }
            default ->
                throw Failures.invalid("query '" + brief(input.query()) + "' gives a "
                        + data.path("resultType").asText("nothing") + "; a figure needs a number or a vector");
        }
        return lines;
    }

    private QueryResult result(List<Line> lines, List<String> warnings) {
        if (lines.size() > 1 && input.aggregateOrDefault().equals("only")) {
            throw Failures.invalid("query '" + brief(input.query()) + "' gives " + lines.size() + " series ("
                    + lines.stream()
                            .limit(MOST_NAMED)
                            .map(line -> line.labels().toString())
                            .collect(joining(", "))
                    + (lines.size() > MOST_NAMED ? ", …" : "")
                    + "); narrow it down, sum them up, or write 'aggregate: max'");
        }
        OptionalDouble value = aggregate(lines.stream()
                .map(line -> reduce(line.values()))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray());
        int samples = lines.stream().mapToInt(line -> line.values().length).sum();
        Map<String, String> labels = lines.size() == 1 ? lines.get(0).labels() : Map.of();
        return new QueryResult(
                value.isPresent() ? value.getAsDouble() : null,
                value.isEmpty(),
                lines.size(),
                samples,
                labels,
                warnings,
                summary(value, lines.size()));
    }

    private OptionalDouble reduce(double[] values) {
        double[] numbers = DoubleStream.of(values).filter(v -> !Double.isNaN(v)).toArray();
        if (numbers.length == 0) {
            return OptionalDouble.empty();
        }
        return switch (input.reduce() == null ? "last" : input.reduce()) {
            case "max" -> DoubleStream.of(numbers).max();
            case "min" -> DoubleStream.of(numbers).min();
            case "avg" -> figure(DoubleStream.of(numbers).average());
            default -> OptionalDouble.of(numbers[numbers.length - 1]);
        };
    }

    private OptionalDouble aggregate(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        return switch (input.aggregateOrDefault()) {
            case "max" -> DoubleStream.of(values).max();
            case "min" -> DoubleStream.of(values).min();
            case "sum" -> figure(OptionalDouble.of(DoubleStream.of(values).sum()));
            case "avg" -> figure(DoubleStream.of(values).average());
            default -> OptionalDouble.of(values[0]);
        };
    }

    /** What +Inf and -Inf come to together is no number. */
    private static OptionalDouble figure(OptionalDouble value) {
        return value.isPresent() && Double.isNaN(value.getAsDouble()) ? OptionalDouble.empty() : value;
    }

    private String summary(OptionalDouble value, int series) {
        if (value.isEmpty()) {
            return series == 0 ? "no data" : "no data: not a number";
        }
        String figure = shown(value.getAsDouble()) + (input.unit() == null ? "" : " " + input.unit());
        Duration range = input.range();
        String how = input.reduce() == null || range == null
                ? ""
                : inWords(input.reduce()) + " over " + Durations.format(range);
        return figure + how + (series > 1 ? ", " + input.aggregateOrDefault() + " of " + series + " series" : "");
    }

    private static String inWords(String reduce) {
        return switch (reduce) {
            case "avg" -> " on average";
            case "max" -> " at most";
            case "min" -> " at least";
            default -> " at the end";
        };
    }

    private static String shown(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(4));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static List<String> warnings(JsonNode warnings) {
        List<String> texts = new ArrayList<>();
        warnings.forEach(warning -> texts.add(brief(warning.asText())));
        return texts.subList(0, Math.min(texts.size(), MOST_WARNINGS));
    }

    private static Map<String, String> labels(JsonNode metric) {
        Map<String, String> labels = new TreeMap<>();
        metric.properties().stream()
                .limit(MOST_LABELS)
                .forEach(label ->
                        labels.put(label.getKey(), brief(label.getValue().asText())));
        return labels;
    }

    private static double[] numbers(JsonNode series) {
        JsonNode values = series.has("histograms") ? series.path("histograms") : series.path("values");
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(values.path(i));
        }
        return numbers;
    }

    /** The second of {@code [time, "number"]}, as Prometheus writes numbers. */
    private static double number(JsonNode sample) {
        if (!sample.path(1).isTextual()) {
            throw Failures.invalid("the query gives native histograms, which are no figures; take one out of them by"
                    + " histogram_quantile(), histogram_avg(), histogram_count() or histogram_sum()");
        }
        String text = sample.path(1).asText();
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static String brief(String text) {
        return Bounded.cut(text, LONGEST);
    }

    /** One series: its labels and the values looked at, in the order of time. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Line(Map<String, String> labels, double[] values) {}
}
