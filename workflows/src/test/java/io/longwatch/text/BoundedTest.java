package io.longwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0123456789"})
    void shortTextStaysAsItIs(String text) {
        // When / Then
        assertThat(Bounded.text(text, 10)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0123456789a", "\"\"\"\"\"\"\"\"", "äöüäöüäöü", "\u0001\u0002\u0003", "𝒳𝒳𝒳𝒳𝒳", "…………………"})
    void longTextFitsItsBytesAsJson(String text) throws Exception {
        // When
        String cut = Bounded.text(text, 10);

        // Then
        byte[] json = new ObjectMapper().writeValueAsString(cut).getBytes(StandardCharsets.UTF_8);
        assertThat(json.length - 2).isLessThanOrEqualTo(10);
        assertThat(cut).endsWith("…").isNotEqualTo(text);
    }

    @Test
    void whatPeopleReadIsCutToSoManyCharactersAndNoneIsHalved() {
        // When / Then
        assertThat(Bounded.cut("abcde", 5)).isEqualTo("abcde");
        assertThat(Bounded.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Bounded.cut("abc\uD83D\uDE00f", 5)).isEqualTo("abc…");
        assertThat(Bounded.cut("\uD83D\uDE00f", 2)).isEqualTo("…");
        assertThat(Bounded.cut("abc", 1)).isEqualTo("…");
        assertThat(Bounded.cut("abc", 0)).isEmpty();
    }

    @Test
    void linesBecomeOne() {
        // When / Then
        assertThat(Bounded.line(" a\nb\n", 3)).isEqualTo("a b");
        assertThat(Bounded.line("a\nbcd", 4)).isEqualTo("a b…");
    }
}
