package io.longwatch.activities.connection;

import java.util.Optional;
import java.util.function.Supplier;

/** Which attempt a thread serves where that is not the one a worker gave it. */
final class Within {
    private static final ThreadLocal<Invocation> CURRENT = new ThreadLocal<>();

    private Within() {}

    static Optional<Invocation> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    static <T> T run(Invocation invocation, Supplier<T> action) {
        Optional<Invocation> before = current();
        CURRENT.set(invocation);
        try {
            return action.get();
        } finally {
            before.ifPresentOrElse(CURRENT::set, CURRENT::remove);
        }
    }
}
