package io.longwatch.temporal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Temporal's own configuration cannot be used: temporal.toml, a profile of it, an address, or a file for TLS. */
public final class UnusableProfile extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableProfile(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
