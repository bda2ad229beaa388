package io.longwatch.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    @ParameterizedTest
    @CsvSource({
        "'${{ 1 + 2 }}: {{ $value }}', '3: {{ $value }}'",
        "'{{ $value }}: ${{ 1 + 2 }}', '{{ $value }}: 3'",
        "'${{ 1 + 2 }}${{ 1 + 2 }}', '33'",
        "'no placeholder', 'no placeholder'"
    })
    void bracesOfOthersAreLeftAsTheyAre(String text, String expected) {
        // When
        Object resolved = Template.resolve(text, Expressions.shared(), Map.of("params", Map.of(), "result", Map.of()));

        // Then
        assertThat(resolved).isEqualTo(expected);
    }
}
