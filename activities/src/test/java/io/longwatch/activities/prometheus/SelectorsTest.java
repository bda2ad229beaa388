package io.longwatch.activities.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "up == 0|up",
                "sum by (job, le) (rate(http_requests_total{code=~\"5..\", path=\"}\"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05"
                        + "|http_requests_total{code=~\"5..\", path=\"}\"};http_requests_total",
                "histogram_quantile(0.99, sum(rate(latency_bucket[5m])) by (le)) > 150e-3|latency_bucket",
                "absent(up{job=\"bridge\"}) or absent_over_time(g[5m]) or heap > 1|heap",
                "a * on(pod) group_left(node) b offset 5m # and c|a;b",
                "{__name__=\"x\"} unless ignoring(z) y[1h:5m]|{__name__=\"x\"};y",
                "time() - process_start_time_seconds < bool 3600|process_start_time_seconds",
                "rule:with:colons > Inf|rule:with:colons",
                "vector(1) > 0|~~",
            })
    void selectorsAreFoundAndNothingElse(String query, String expected) {
        // When
        var found = Selectors.in(query);

        // Then
        assertThat(found)
                .containsExactlyElementsOf(Arrays.stream(expected.split(";"))
                        .filter(one -> !one.isEmpty())
                        .toList());
    }

    @Test
    void theSyntaxTreeOfPrometheusThreeGivesThem() throws Exception {
        // Given
        var tree = new ObjectMapper().readTree("""
                {"type": "binaryExpr", "op": "or",
                 "lhs": {"type": "call", "func": {"name": "absent"}, "args": [
                   {"type": "vectorSelector", "name": "gone", "matchers": [
                     {"type": "=", "name": "__name__", "value": "gone"}]}]},
                 "rhs": {"type": "call", "func": {"name": "rate"}, "args": [
                   {"type": "matrixSelector", "name": "m", "range": 300000, "matchers": [
                     {"type": "=~", "name": "code", "value": "5\\\\d"},
                     {"type": "=", "name": "__name__", "value": "m"}]}]}}""");

        // When
        var found = SyntaxTree.selectors(tree);

        // Then
        assertThat(found).containsExactly("{code=~\"5\\\\d\",__name__=\"m\"}");
    }
}
