package io.longwatch.activities.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;

/** Lines of a text, each up to a length: what is beyond is read and dropped, so that a line without end fits. */
final class Lines {
    private final Reader text;
    private final int longest;

    /** @param text read in small steps, so buffered */
    Lines(Reader text, int longest) {
        this.text = text;
        this.longest = longest;
    }

    void forEach(Consumer<String> each) throws IOException {
        StringBuilder line = new StringBuilder();
        boolean begun = false;
        for (int next = text.read(); next >= 0; next = text.read()) {
            begun = next != '\n';
            if (!begun) {
                each.accept(taken(line));
            } else if (line.length() < longest) {
                line.append((char) next);
            }
        }
        if (begun) {
            each.accept(taken(line));
        }
    }

    private static String taken(StringBuilder line) {
        boolean returned = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
        String text = line.substring(0, line.length() - (returned ? 1 : 0));
        line.setLength(0);
        return text;
    }
}
