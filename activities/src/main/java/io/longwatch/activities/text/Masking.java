package io.longwatch.activities.text;

import java.util.regex.Pattern;

/** Hides what looks like a secret in a line of text. Errs on the side of hiding. */
public final class Masking {
    private static final String HIDDEN = "***";
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w-]*(?:password|passwd|_pass|pwd|secret|token|api[_-]?key|apikey|authorization|credential|signature)"
                    + "[\\w-]*[\"']?\\s*[=:]\\s*[\"']?)(?:(?:bearer|basic)\\s+)?[^\\s\"',;&}]+");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{6,}");
    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/\\s:@]*:)[^@/\\s]+@");
    private static final Pattern KNOWN = Pattern.compile(
            "\\b(?:eyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9_.-]*|AKIA[A-Z0-9]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|xox[a-z]-[A-Za-z0-9-]{8,})");
    private static final Pattern LONG = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z0-9+/_=-]{40,}");

    private Masking() {}

    public static String mask(String line) {
        String masked = NAMED.matcher(line).replaceAll("$1" + HIDDEN);
        masked = BEARER.matcher(masked).replaceAll("$1 " + HIDDEN);
        masked = IN_ADDRESS.matcher(masked).replaceAll("$1" + HIDDEN + "@");
        masked = KNOWN.matcher(masked).replaceAll(HIDDEN);
        return LONG.matcher(masked).replaceAll(HIDDEN);
    }
}
