package io.longwatch.activities.prometheus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is left of a selector when it asks for the metric's name alone. */
final class MetricName {
    private static final Pattern WRITTEN_BEFORE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /** A matcher as a whole, so that what stands in another's string is taken for none. */
    private static final Pattern MATCHER = Pattern.compile("""
            (?<label>[^\\s{},=!~"'`]+)\\s*(?:=~|!~|!=|=)\\s*\
            (?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)""", Pattern.DOTALL);

    private MetricName() {}

    /** The selector without its other labels; empty if it has none, or does not say the name. */
    static Optional<String> of(String selector) {
        Matcher name = WRITTEN_BEFORE.matcher(selector);
        if (name.lookingAt()) {
            return name.end() == selector.length() ? Optional.empty() : Optional.of(name.group());
        }
        List<String> names = new ArrayList<>();
        int others = 0;
        Matcher matcher = MATCHER.matcher(selector);
        while (matcher.find()) {
            if (matcher.group("label").equals("__name__")) {
                names.add(matcher.group());
            } else {
                others++;
            }
        }
        return names.isEmpty() || others == 0 ? Optional.empty() : Optional.of("{" + String.join(",", names) + "}");
    }
}
