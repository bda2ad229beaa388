package io.longwatch.activities.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attempts as actions take them, numbered: only the first counts its time from the beginning of the action. */
public final class TakenAttempts implements Supplier<Invocation> {
    private final List<Integer> renewed = new CopyOnWriteArrayList<>();
    private int taken;

    @Override
    public Invocation get() {
        return new Numbered(++taken);
    }

    /** Numbers of those that were asked before a write, in order. */
    public List<Integer> renewed() {
        return List.copyOf(renewed);
    }

    private final class Numbered implements Invocation {
        private final int number;

        private Numbered(int number) {
            this.number = number;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void heartbeat(@Nullable Object details) {}

        @Override
        public void renew(@Nullable Object details) {
            renewed.add(number);
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }
}
