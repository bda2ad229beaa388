package io.longwatch.sandbox.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompensatedSumTest {
    @Test
    void keepsWhatALargerNumberWouldSwallow() {
        // Given
        CompensatedSum sum = new CompensatedSum();

        // When
        sum.add(1);
        sum.add(1e100);
        sum.add(1);
        sum.add(-1e100);

        // Then
        assertThat(sum.total()).isEqualTo(2);
    }
}
