package io.longwatch.worker.config;

import java.util.Collection;

/** The known name that a misspelt one probably means, as in a plan. */
final class Nearest {
    private Nearest() {}

    static String hint(String given, Collection<String> known) {
        return io.longwatch.plan.load.Nearest.hint(given, known);
    }
}
