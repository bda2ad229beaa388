package io.longwatch.activities.secret;

import io.longwatch.actions.secret.CheckInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what is wrong with the value of a key. Its words name the key, never the value. */
final class Judge {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?i)(change[-_ ]?me|place[-_ ]?holder|to[-_ ]?do|tbd"
            + "|x{3,}|\\*{3,}|<.*>|\\$\\{.*}|\\{\\{.*}}|(your|my|test|dummy|example|sample|fake)([-_ ].*)?"
            + "|replace[-_ ]?(me|this).*|secret|password|token|none|null|n/a|123456.*)");

    private final CheckInput input;
    private final Map<String, String> data;

    Judge(CheckInput input, Map<String, String> data) {
        this.input = input;
        this.data = data;
    }

    int length(String key) {
        String value = value(key);
        return value.codePointCount(0, value.length());
    }

    List<String> problems(String key) {
        String value = value(key);
        List<String> problems = new ArrayList<>();
        if (length(key) < input.minLengthOrDefault()) {
            problems.add(key + " has " + length(key) + " characters, at least " + input.minLengthOrDefault()
                    + " are asked for");
        }
        if (!value.equals(value.strip())) {
            problems.add(key + " has white space or a line break at an end");
        }
        if (input.pattern() != null && !Pattern.matches(input.pattern(), value)) {
            problems.add(key + " is not of the form asked for");
        }
        if (input.refusesPlaceholders() && PLACEHOLDER.matcher(value.strip()).matches()) {
            problems.add(key + " is a placeholder");
        }
        if (isTwin(key, value)) {
            problems.add(key + " equals " + input.distinctFrom());
        }
        return problems;
    }

    private boolean isTwin(String key, String value) {
        String other = input.distinctFrom();
        return other != null && !other.equals(key) && value.equals(value(other));
    }

    private String value(String key) {
        String encoded = data.get(key);
        return encoded == null ? "" : new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
