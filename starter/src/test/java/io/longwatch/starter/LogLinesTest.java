package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    @Test
    void aTerminalGetsTextAndAnythingElseJson() {
        // When / Then
        assertThat(LogLines.of(Map.of("LONGWATCH_PROGRESS", "terminal"))).isEqualTo("text");
        assertThat(LogLines.of(Map.of("LONGWATCH_PROGRESS", "none"))).isEqualTo("json");
        assertThat(LogLines.of(Map.of())).isEqualTo("json");
    }

    @Test
    void standardErrorCountsWhereverStandardOutputGoes() {
        // When / Then
        assertThat(LogLines.of(Map.of("LONGWATCH_TERMINAL", "1", "LONGWATCH_PROGRESS", "none")))
                .isEqualTo("json");
        assertThat(LogLines.of(Map.of("LONGWATCH_TERMINAL", "0", "LONGWATCH_PROGRESS", "terminal")))
                .isEqualTo("text");
    }

    @Test
    void theVariableDecides() {
        // When / Then
        assertThat(LogLines.of(Map.of("LONGWATCH_LOG", "json", "LONGWATCH_PROGRESS", "terminal")))
                .isEqualTo("json");
        assertThat(LogLines.of(Map.of("LONGWATCH_LOG", "text"))).isEqualTo("text");
    }

    @Test
    void aMisspeltChoiceIsNamedAndStillLogs() {
        // Given
        Map<String, String> environment = Map.of("LONGWATCH_LOG", "jsno");

        // When / Then
        assertThat(LogLines.problem(environment)).contains("LONGWATCH_LOG: 'jsno' is neither json nor text");
        assertThat(LogLines.of(environment)).isEqualTo("json");
        assertThat(LogLines.problem(Map.of())).isEmpty();
    }
}
