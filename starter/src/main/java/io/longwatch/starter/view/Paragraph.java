package io.longwatch.starter.view;

import java.util.ArrayList;
import java.util.List;

/** Text broken between its words. */
public final class Paragraph {
    private Paragraph() {}

    /** Lines of at most a width, where words allow it; the second and those after it are indented. */
    public static List<String> of(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(line.toString().isBlank() ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
