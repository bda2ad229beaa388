package io.longwatch.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.git.Replacement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditTest {
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "a b a,        a,   c,    c b c,           2, 0",
        "c b c,        a,   c,    c b c,           0, 2",
        "x_up,         x_,  my_x_, my_x_up,        1, 0",
        "my_x_up,      x_,  my_x_, my_x_up,        0, 1",
        "my_x_up x_up, x_,  my_x_, my_x_up my_x_up, 1, 1",
        "aaa,          aa,  b,    ba,              1, 0",
    })
    void doingItTwiceChangesNothingMore(
            String text, String literal, String with, String after, int replaced, int done) {
        // Given
        var replacement = new Replacement("f", literal, with, null);

        // When
        Edit edit = Edit.of(text, replacement);

        // Then
        assertThat(edit).isEqualTo(new Edit(after, replaced, done));
    }
}
