package io.longwatch.worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes one part after the other; whatever one of them comes to, the next is closed. */
final class Closing {
    private static final Logger LOGGER = LoggerFactory.getLogger(Closing.class);

    /** Closes a part, if it is there. */
    Closing then(String part, @Nullable AutoCloseable closed) {
        try {
            if (closed != null) {
                closed.close();
            }
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOGGER.atError().addKeyValue("part", part).setCause(e).log("a part of the worker did not close");
        }
        return this;
    }
}
