package io.longwatch.activities.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "requests_total{code=~\"5..\"};requests_total",
                "rule:with:colons {job=\"a\"};rule:with:colons",
                "{code=~\"5\\\\d\",__name__=\"requests_total\"};{__name__=\"requests_total\"}",
                "{__name__=~'a|b', path=`x,__name__=\"c\"`};{__name__=~'a|b'}",
                "{path=\"\\\",__name__=\\\"c\",__name__=\"b\"};{__name__=\"b\"}"
            })
    void allButTheNameIsLeftOut(String selector, String name) {
        // When / Then
        assertThat(MetricName.of(selector)).contains(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"up", "{__name__=\"up\"}", "{job=\"a\",path=\"__name__\"}", "{}"})
    void whatHasNothingToLeaveOutOrNoNameIsNotAskedAgain(String selector) {
        // When / Then
        assertThat(MetricName.of(selector)).isEmpty();
    }
}
