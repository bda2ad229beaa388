package io.longwatch.system.prometheus;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Labels and numbers as Prometheus' exposition formats write them. */
final class Samples {
    private Samples() {}

    static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }

    static String number(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(number);
    }
}
