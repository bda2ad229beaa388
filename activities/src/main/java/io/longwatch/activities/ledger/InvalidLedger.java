package io.longwatch.activities.ledger;

import org.jspecify.annotations.Nullable;

/** The ledger's tables are not what this worker can write. The message says what to do. */
public final class InvalidLedger extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidLedger(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
