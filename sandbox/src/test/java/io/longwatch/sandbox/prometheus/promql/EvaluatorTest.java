package io.longwatch.sandbox.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longwatch.sandbox.prometheus.promql.Value.Point;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import io.longwatch.sandbox.prometheus.promql.Value.Scalar;
import io.longwatch.sandbox.prometheus.promql.Value.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures worked out by hand from Prometheus 2.42's formulas. Samples stand every 15 s, at 0, 15, 30 ... seconds. */
class EvaluatorTest {
    private static final Offset<Double> CLOSE = within(1e-9);
    private final Table table = new Table();

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3, 7",
        "(1 + 2) * 3, 9",
        "2 ^ 3 ^ 2, 512",
        "-2 ^ 2, -4",
        "7 % 4, 3",
        "10 - 4 - 3, 3",
        "1 < bool 2, 1",
        "0x10, 16",
        "1 ^ (0 / 0), 1",
        "(-1) ^ (1 / 0), 1",
        "1.5e3, 1500",
        "time(), 60"
    })
    void arithmeticBindsAsInPrometheus(String query, double expected) {
        // When
        Value value = evaluate(query, 60);

        // Then
        assertThat(value).isEqualTo(new Scalar(expected));
    }

    @Test
    void selectorsMatchWholeValues() {
        // Given
        table.add("up{job=\"bridge\",pod=\"a\"}", 1);
        table.add("up{job=\"bridge-old\",pod=\"b\"}", 1);

        // When / Then
        assertThat(names("up{job=\"bridge\"}")).containsExactly("a");
        assertThat(names("up{job=~\"bridge.*\"}")).containsExactly("a", "b");
        assertThat(names("up{job=~\"bridge\"}")).containsExactly("a");
        assertThat(names("up{job!=\"bridge\"}")).containsExactly("b");
        assertThat(names("{__name__=\"up\", job!~\".*-old\"}")).containsExactly("a");
        assertThat(names("up{zone=\"\"}")).containsExactly("a", "b");
    }

    @Test
    void aRateStretchesToEdgesThatAreNear() {
        // Given: 10 more every 15 s, samples at 0..60 of a window of 0..60
        table.add("c", 100, 110, 120, 130, 140);

        // When / Then
        assertThat(number("increase(c[1m])", 60)).isEqualTo(40, CLOSE);
        assertThat(number("rate(c[1m])", 60)).isEqualTo(40 / 60.0, CLOSE);
    }

    @Test
    void aRateAndASumAreRoundedWherePrometheusRoundsThem() {
        // Given: 62 more in the window; three tenths that do not add up to six
        table.add("c", 100, 115, 130, 145, 162);
        table.add("g{n=\"a\"}", 0.1);
        table.add("g{n=\"b\"}", 0.2);
        table.add("g{n=\"c\"}", 0.3);

        // When / Then: the factor is divided by the seconds, and not the product
        assertThat(number("rate(c[1m])", 60)).isEqualTo(62 * (1.0 / 60)).isNotEqualTo(62 / 60.0);
        assertThat(number("sum(g)", 60)).isEqualTo(0.1 + 0.2 + 0.3).isNotEqualTo(0.6);
    }

    @Test
    void aRateBetweenScrapesStretchesByWhatIsMissing() {
        // Given: evaluated at 70, the window is 10..70, the samples are those of 15..60
        table.add("c", 100, 110, 120, 130, 140);

        // When: 30 in 45 s, 5 s missing before, 10 s after, so 30 * 60 / 45
        double increase = number("increase(c[1m])", 70);

        // Then
        assertThat(increase).isEqualTo(40, CLOSE);
    }

    @Test
    void aRateStretchesHalfADistanceWhereTheSeriesBegins() {
        // Given: the series begins at 60, evaluated at 120 with a window of 0..120
        table.add(
                "c",
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1000,
                1010,
                1020,
                1030,
                1040);

        // When: 40 in 60 s; 60 s before is more than 1.1 * 15 s, so 7.5 s are added: 40 * 67.5 / 60
        double increase = number("increase(c[2m])", 120);

        // Then
        assertThat(increase).isEqualTo(45, CLOSE);
    }

    @Test
    void aCounterIsNotStretchedBelowZero() {
        // Given: starts at 2 and gains 10 each scrape: it was zero 3 s before its first sample
        table.add("c", Double.NEGATIVE_INFINITY, 2, 12, 22, 32);

        // When: 30 in 45 s; to the start of the window 15 s, to zero 45 * 2 / 30 = 3 s: 30 * 48 / 45
        double increase = number("increase(c[1m])", 60);

        // Then
        assertThat(increase).isEqualTo(32, CLOSE);
    }

    @Test
    void aResetLosesNothing() {
        // Given: 100, 110, restart, 5, 15: gains 10 + 5 + 10 = 25 in 45 s
        table.add("c", 100, 110, 5, 15);

        // When / Then: window 0..45, no gap
        assertThat(number("increase(c[45s])", 45)).isEqualTo(25, CLOSE);
        assertThat(number("resets(c[45s])", 45)).isEqualTo(1, CLOSE);
        assertThat(number("changes(c[45s])", 45)).isEqualTo(3, CLOSE);
        assertThat(number("delta(c[45s])", 45)).isEqualTo(-85, CLOSE);
        assertThat(number("irate(c[45s])", 45)).isEqualTo(10 / 15.0, CLOSE);
    }

    @Test
    void oneSampleGivesNoRate() {
        // Given
        table.add("c", Double.NEGATIVE_INFINITY, 5);

        // When / Then
        assertThat(points("rate(c[1m])", 15)).isEmpty();
    }

    @Test
    void derivAndPredictFollowTheLine() {
        // Given: 3 more each second
        table.add("g", 10, 55, 100, 145, 190);

        // When / Then
        assertThat(number("deriv(g[1m])", 60)).isEqualTo(3, CLOSE);
        assertThat(number("predict_linear(g[1m], 3600)", 60)).isEqualTo(190 + 3 * 3600, within(1e-6));
    }

    @Test
    void figuresOverTime() {
        // Given
        table.add("g", 4, 1, 3, 2);

        // When / Then
        assertThat(number("avg_over_time(g[45s])", 45)).isEqualTo(2.5, CLOSE);
        assertThat(number("max_over_time(g[45s])", 45)).isEqualTo(4, CLOSE);
        assertThat(number("min_over_time(g[45s])", 45)).isEqualTo(1, CLOSE);
        assertThat(number("sum_over_time(g[45s])", 45)).isEqualTo(10, CLOSE);
        assertThat(number("count_over_time(g[45s])", 45)).isEqualTo(4, CLOSE);
        assertThat(number("last_over_time(g[45s])", 45)).isEqualTo(2, CLOSE);
        assertThat(number("present_over_time(g[45s])", 45)).isEqualTo(1, CLOSE);
        // sorted 1 2 3 4, rank 0.9 * 3 = 2.7: 3 * 0.3 + 4 * 0.7
        assertThat(number("quantile_over_time(0.9, g[45s])", 45)).isEqualTo(3.7, CLOSE);
        assertThat(number("max_over_time(g[15s] offset 15s)", 45)).isEqualTo(3, CLOSE);
        assertThat(number("g offset 30s", 45)).isEqualTo(1, CLOSE);
    }

    @Test
    void aQuantileLiesInItsBucketInProportion() {
        // Given: 50 up to 0.1, 90 up to 0.5, 100 in all
        table.add("b{le=\"0.1\"}", 50);
        table.add("b{le=\"0.5\"}", 90);
        table.add("b{le=\"+Inf\"}", 100);

        // When / Then: rank 75: 0.1 + 0.4 * 25 / 40
        assertThat(number("histogram_quantile(0.75, b)", 0)).isEqualTo(0.35, CLOSE);
        // rank 25 in the first bucket: 0.1 * 25 / 50
        assertThat(number("histogram_quantile(0.25, b)", 0)).isEqualTo(0.05, CLOSE);
        // rank 99 beyond the last bound: that bound
        assertThat(number("histogram_quantile(0.99, b)", 0)).isEqualTo(0.5, CLOSE);
    }

    @Test
    void anEmptyHistogramHasNoQuantile() {
        // Given
        table.add("b{le=\"0.1\"}", 0);
        table.add("b{le=\"+Inf\"}", 0);

        // When / Then
        assertThat(number("histogram_quantile(0.99, b)", 0)).isNaN();
    }

    @Test
    void sumsGroupByOrWithoutLabels() {
        // Given
        table.add("m{pod=\"a\",code=\"200\"}", 1);
        table.add("m{pod=\"a\",code=\"500\"}", 2);
        table.add("m{pod=\"b\",code=\"200\"}", 4);

        // When / Then
        assertThat(shown("sum(m)")).containsExactly("{} 7.0");
        assertThat(shown("sum by (pod) (m)")).containsExactly("{pod=\"a\"} 3.0", "{pod=\"b\"} 4.0");
        assertThat(shown("max without (code) (m)")).containsExactly("{pod=\"a\"} 2.0", "{pod=\"b\"} 4.0");
        assertThat(shown("count(m) by (code)")).containsExactly("{code=\"200\"} 2.0", "{code=\"500\"} 1.0");
        assertThat(shown("avg(m{pod=\"a\"})")).containsExactly("{} 1.5");
        assertThat(shown("min(m)")).containsExactly("{} 1.0");
    }

    @Test
    void vectorsMeetOnTheirLabels() {
        // Given
        table.add("errors{pod=\"a\"}", 1);
        table.add("errors{pod=\"b\"}", 3);
        table.add("total{pod=\"a\",zone=\"x\"}", 10);
        table.add("total{pod=\"c\",zone=\"x\"}", 10);
        table.add("plain{pod=\"a\"}", 4);

        // When / Then
        assertThat(shown("errors / plain")).containsExactly("{pod=\"a\"} 0.25");
        assertThat(shown("errors / total")).isEmpty();
        assertThat(shown("errors / on(pod) total")).containsExactly("{pod=\"a\"} 0.1");
        assertThat(shown("errors / ignoring(zone) total")).containsExactly("{pod=\"a\"} 0.1");
        assertThat(shown("errors and plain")).containsExactly("{__name__=\"errors\", pod=\"a\"} 1.0");
        assertThat(shown("errors unless plain")).containsExactly("{__name__=\"errors\", pod=\"b\"} 3.0");
        assertThat(shown("errors or on(pod) total"))
                .containsExactly(
                        "{__name__=\"errors\", pod=\"a\"} 1.0",
                        "{__name__=\"errors\", pod=\"b\"} 3.0",
                        "{__name__=\"total\", pod=\"c\", zone=\"x\"} 10.0");
    }

    @Test
    void comparisonsFilterUnlessToldToBeBoolean() {
        // Given
        table.add("m{pod=\"a\"}", 1);
        table.add("m{pod=\"b\"}", 3);

        // When / Then
        assertThat(shown("m > 2")).containsExactly("{__name__=\"m\", pod=\"b\"} 3.0");
        assertThat(shown("m > bool 2")).containsExactly("{pod=\"a\"} 0.0", "{pod=\"b\"} 1.0");
        assertThat(shown("2 < m")).containsExactly("{__name__=\"m\", pod=\"b\"} 3.0");
        assertThat(shown("m * 2")).containsExactly("{pod=\"a\"} 2.0", "{pod=\"b\"} 6.0");
        assertThat(shown("-m")).containsExactly("{pod=\"a\"} -1.0", "{pod=\"b\"} -3.0");
        assertThat(shown("clamp_min(m, 2)")).containsExactly("{pod=\"a\"} 2.0", "{pod=\"b\"} 3.0");
    }

    @Test
    void absenceIsSomething() {
        // Given
        table.add("m", 1);

        // When / Then
        assertThat(shown("absent(m)")).isEmpty();
        assertThat(shown("absent(gone{job=\"bridge\", pod=~\"a.*\"})")).containsExactly("{job=\"bridge\"} 1.0");
        assertThat(shown("absent_over_time(gone[5m])")).containsExactly("{} 1.0");
        assertThat(shown("sum(gone) or vector(0)")).containsExactly("{} 0.0");
        assertThat(evaluate("scalar(m) + 1", 0)).isEqualTo(new Scalar(2));
    }

    @Test
    void severalSeriesOnOneSideAreAnExecutionError() {
        // Given
        table.add("errors{pod=\"a\"}", 1);
        table.add("total{pod=\"a\",zone=\"x\"}", 1);
        table.add("total{pod=\"a\",zone=\"y\"}", 1);

        // When / Then
        assertThatThrownBy(() -> evaluate("errors / on(pod) total", 0))
                .isInstanceOfSatisfying(
                        PromqlException.class, e -> assertThat(e.badData()).isFalse())
                .hasMessageContaining("many-to-many matching not allowed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(|1:5: parse error: unclosed left parenthesis",
                "rate(m)|1:1: parse error: expected type range vector in call to function \"rate\", got instant vector",
                "nosuch(m)|unknown function with name \"nosuch\"",
                "1 > 2|comparisons between scalars must use BOOL modifier",
                "m{pod='a'|expected \",\"",
                "m{pod=~'('}|error parsing regexp",
                "{}|vector selector must contain at least one non-empty matcher",
                "m[5x]|expected a duration",
                "m[0m]|duration must be greater than 0",
                "m m|unexpected \"m\"",
            })
    void whatIsNoQueryIsBadDataWithItsPlace(String query, String problem) {
        // When / Then
        assertThatThrownBy(() -> Parser.parse(query))
                .isInstanceOfSatisfying(
                        PromqlException.class, e -> assertThat(e.badData()).isTrue())
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topk(3, m)",
                "max_over_time(rate(m[1m])[1h:1m])",
                "m @ 1000",
                "m offset -5m",
                "a * on(x) group_left b",
                "label_replace(m, \"a\", \"b\", \"c\", \"d\")"
            })
    void whatIsNotModelledSaysSo(String query) {
        // When / Then
        assertThatThrownBy(() -> Parser.parse(query))
                .isInstanceOf(PromqlException.class)
                .hasMessageContaining("this stand-in does not model");
    }

    @Test
    void whatIsNoNumberIsTheLeastOfAQuantile() {
        // Given
        table.add("m", Double.NaN, 1, 2);

        // When / Then
        assertThat(number("quantile_over_time(1, m[1m])", 30)).isEqualTo(2);
        assertThat(number("quantile_over_time(0, m[1m])", 30)).isNaN();
    }

    @Test
    void aLabelAskedForTwiceIsAbsentFromWhatIsAbsent() {
        // When / Then
        assertThat(shown("absent(m{job=\"a\", pod=\"b\"})")).containsExactly("{job=\"a\", pod=\"b\"} 1.0");
        assertThat(shown("absent(m{job=\"a\", job=\"c\", pod=\"b\"})")).containsExactly("{pod=\"b\"} 1.0");
    }

    @Test
    void seriesThatOnlyTheirNamesTellApartCannotLoseThem() {
        // Given
        table.add("m{pod=\"a\"}", 1);
        table.add("n{pod=\"a\"}", 1);

        // When / Then
        assertThatThrownBy(() -> evaluate("abs({pod=\"a\"})", 0))
                .isInstanceOfSatisfying(
                        PromqlException.class, e -> assertThat(e.badData()).isFalse())
                .hasMessage("vector cannot contain metrics with the same labelset");
    }

    private Value evaluate(String query, long second) {
        return new Evaluator(table).at(Parser.parse(query), second * 1000);
    }

    private List<Point> points(String query, long second) {
        return ((Vector) evaluate(query, second)).points();
    }

    private double number(String query, long second) {
        List<Point> points = points(query, second);
        assertThat(points).hasSize(1);
        return points.get(0).number();
    }

    private List<String> names(String query) {
        return points(query, 0).stream()
                .map(point -> point.labels().get("pod"))
                .sorted()
                .toList();
    }

    private List<String> shown(String query) {
        return points(query, 0).stream()
                .map(point -> point.labels() + " " + point.number())
                .sorted()
                .toList();
    }

    /** Samples every 15 s from 0 on; minus infinity stands for none. */
    private static final class Table implements Samples {
        private final List<Run> runs = new ArrayList<>();

        void add(String series, double... numbers) {
            Expr.Selector selector = (Expr.Selector) Parser.parse(series);
            Map<String, String> labels = new TreeMap<>();
            selector.matchers().forEach(matcher -> labels.put(matcher.label(), matcher.value()));
            long[] times = new long[numbers.length];
            Arrays.setAll(times, i -> i * 15_000L);
            runs.add(new Run(Labels.of(labels), times, numbers));
        }

        @Override
        public List<Point> at(Expr.Selector selector, long instant) {
            return between(selector, 0, instant).stream()
                    .map(run -> new Point(run.labels(), run.numbers()[run.size() - 1]))
                    .toList();
        }

        @Override
        public List<Run> between(Expr.Selector selector, long from, long to) {
            List<Run> found = new ArrayList<>();
            for (Run run : runs) {
                List<Integer> kept = new ArrayList<>();
                for (int i = 0; i < run.size(); i++) {
                    boolean real = run.numbers()[i] != Double.NEGATIVE_INFINITY;
                    if (real && run.times()[i] >= from && run.times()[i] <= to) {
                        kept.add(i);
                    }
                }
                if (selector.matches(run.labels()) && !kept.isEmpty()) {
                    found.add(new Run(
                            run.labels(),
                            kept.stream().mapToLong(i -> run.times()[i]).toArray(),
                            kept.stream().mapToDouble(i -> run.numbers()[i]).toArray()));
                }
            }
            return found;
        }
    }
}
