package io.longwatch.sandbox.prometheus.promql;

import java.util.regex.Pattern;

/**
 * A condition on one label.
 *
 * @param label its name
 * @param operator {@code =}, {@code !=}, {@code =~} or {@code !~}
 * @param value what to compare with; patterns match the whole value
 * @param pattern the value as a pattern
 */
public record Matcher(String label, String operator, String value, Pattern pattern) {
    static Matcher of(String label, String operator, String value) {
        boolean regex = operator.endsWith("~");
        return new Matcher(
                label, operator, value, Pattern.compile(regex ? value : Pattern.quote(value), Pattern.DOTALL));
    }

    boolean matches(Labels labels) {
        boolean same = pattern.matcher(labels.get(label)).matches();
        return operator.startsWith("!") != same;
    }

    boolean matchesEmpty() {
        return matches(Labels.NONE);
    }
}
