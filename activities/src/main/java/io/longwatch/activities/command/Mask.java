package io.longwatch.activities.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Hides secrets in what a command printed, whole or line by line. */
final class Mask {
    private static final String HIDDEN = "***";

    private final List<String> secrets;

    Mask(Collection<String> values) {
        this.secrets = values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines()))
                .filter(value -> !value.isBlank())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String applied(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, HIDDEN);
        }
        return masked;
    }

    /** Length of the longest of them: a text cut off within that may begin with a part of one. */
    int longest() {
        return secrets.stream().mapToInt(String::length).max().orElse(0);
    }
}
