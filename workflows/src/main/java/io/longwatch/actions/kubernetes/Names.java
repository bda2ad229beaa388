package io.longwatch.actions.kubernetes;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of Kubernetes objects in inputs. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private Names() {}

    static void check(String field, @Nullable String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field + " '" + value + "' is no Kubernetes name; write lower-case letters, digits, '-' and '.'");
        }
    }

    static void checkOptional(String field, @Nullable String value) {
        if (value != null) {
            check(field, value);
        }
    }
}
