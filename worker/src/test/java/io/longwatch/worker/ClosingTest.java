package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    @Test
    void aPartThatDoesNotCloseKeepsNoOtherFromClosing() {
        // Given
        List<String> closed = new ArrayList<>();

        // When
        new Closing()
                .then("gauges", () -> closed.add("gauges"))
                .then("systems", () -> {
                    throw new IllegalStateException("a pool is stuck");
                })
                .then("slack", null)
                .then("web", () -> closed.add("web"));

        // Then
        assertThat(closed).containsExactly("gauges", "web");
    }
}
