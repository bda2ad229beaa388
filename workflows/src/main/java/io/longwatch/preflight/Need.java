package io.longwatch.preflight;

import org.jspecify.annotations.Nullable;

/**
 * A connection or a secret that something of a plan uses.
 *
 * @param user step or check that uses it
 * @param kind kind of the connection; {@link #SECRET} for a secret
 * @param name its name; null for the environment's only connection of the kind
 */
public record Need(String user, String kind, @Nullable String name) {
    /** Kind of a need that is a secret. */
    public static final String SECRET = "secret";

    public boolean isSecret() {
        return kind.equals(SECRET);
    }
}
