package io.longwatch.activities.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionWordsTest {
    private static final Map<String, Object> SCOPE = Map.of(
            "params", Map.of("nodes", 2L, "limit", 4.5, "bound", Duration.ofMinutes(2), "name", "bridge"),
            "baseline", Map.of("p99", 41L),
            "result", Map.of("ready", 2L, "restarts", 1L, "healthy", true));

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    result.ready < params.limit => result.ready < 4.5
                    result.ready < params.nodes || result.restarts > 0 => result.ready < 2 || result.restarts > 0 (ready 2, restarts 1)
                    result.ready > baseline.p99 * 2 => result.ready > 41 * 2
                    duration(params.bound) > result.age => duration(2m) > result.age
                    params.name == 'params.limit' => params.name == 'params.limit'
                    params.none < result.ready => params.none < result.ready
                    params.limits.most < result.ready => params.limits.most < result.ready
                    """)
    void limitsAreSaidAndWhatWasFoundWhereItIsOfSeveral(String condition, String words) {
        assertThat(ConditionWords.of(condition, SCOPE)).isEqualTo(words);
    }
}
