package io.longwatch.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED, PASSED",
        "PASSED, INCONCLUSIVE, INCONCLUSIVE",
        "INCONCLUSIVE, BLIND, BLIND",
        "BLIND, FAILED, FAILED",
        "WAIVED, PASSED, WAIVED"
    })
    void theWorseOfTwoCounts(Verdict one, Verdict other, Verdict both) {
        // When
        Verdict worse = one.and(other);

        // Then
        assertThat(worse).isEqualTo(both).isEqualTo(other.and(one));
    }
}
