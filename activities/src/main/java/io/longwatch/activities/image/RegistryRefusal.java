package io.longwatch.activities.image;

import java.io.IOException;

/** A registry answered, but not as wished. */
final class RegistryRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RegistryRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
