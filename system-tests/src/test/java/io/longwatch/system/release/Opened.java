package io.longwatch.system.release;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened, closed last first, each of it even if another cannot be closed. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T one) {
        opened.push(one);
        return one;
    }

    private synchronized AutoCloseable next() {
        return opened.isEmpty() ? () -> {} : opened.pop();
    }

    private synchronized boolean any() {
        return !opened.isEmpty();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (any()) {
            try {
                next().close();
            } catch (Exception e) {
                RuntimeException another = new IllegalStateException("not everything could be closed", e);
                if (failure == null) {
                    failure = another;
                } else {
                    failure.addSuppressed(another);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
