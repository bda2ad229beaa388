package io.longwatch.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void linesEndWithOrWithoutAReturnAndTheLastNeedsNoEnd() throws IOException {
        // When
        var lines = read(new StringReader("one\r\n\ntwo\nthree"), 10);

        // Then
        assertThat(lines).containsExactly("one", "", "two", "three");
    }

    @Test
    void aLineThatIsLongerThanMemoryIsCut() throws IOException {
        // Given
        Reader endless = new Reader() {
            private long left = 50_000_000;

            @Override
            public int read(char[] target, int from, int length) {
                throw new UnsupportedOperationException("read one by one");
            }

            @Override
            public int read() {
                return left-- > 0 ? 'x' : left == -1 ? '\n' : -1;
            }

            @Override
            public void close() {}
        };

        // When
        var lines = read(endless, 10);

        // Then
        assertThat(lines).containsExactly("xxxxxxxxxx");
    }

    private static List<String> read(Reader text, int longest) throws IOException {
        List<String> lines = new ArrayList<>();
        new Lines(text, longest).forEach(lines::add);
        return lines;
    }
}
