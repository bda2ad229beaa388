package io.longwatch.sandbox.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been opened so far, closed last first; what is opened after that is closed at once. */
final class Closing implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Closing.class);

    private static final Duration TO_LEAVE = Duration.ofSeconds(20);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch allOpened = new CountDownLatch(1);
    private final ReentrantLock closing = new ReentrantLock();
    private @Nullable Thread atTheEnd;
    private boolean closed;

    /** One that is closed at the end of the process, if not before: by Ctrl-C, say, while things are being opened. */
    static Closing alsoWhenTheProcessEnds() {
        Closing closing = new Closing();
        Thread end = new Thread(closing::closeAtTheEnd, "sandbox-end");
        closing.atTheEnd = end;
        Runtime.getRuntime().addShutdownHook(end);
        return closing;
    }

    <T extends AutoCloseable> T add(T opened) {
        synchronized (this) {
            if (!closed) {
                open.push(opened);
                return opened;
            }
        }
        close(opened);
        throw new IllegalStateException("the world was closed while it was being started");
    }

    @Override
    public void close() {
        forgetTheEnd();
        closeAll();
    }

    /** Nothing is opened any more: until then the end of the process waits for what is being opened. */
    void allOpened() {
        allOpened.countDown();
    }

    private void closeAtTheEnd() {
        closeAll();
        try {
            if (!allOpened.await(TO_LEAVE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOGGER.atWarn().log("The sandbox was still being started when the process ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeAll();
    }

    private synchronized void forgetTheEnd() {
        if (atTheEnd != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(atTheEnd);
            } catch (IllegalStateException theEndHasCome) {
                LOGGER.atDebug().log("The sandbox is closed while the process ends");
            }
            atTheEnd = null;
        }
    }

    private void closeAll() {
        synchronized (this) {
            closed = true;
        }
        // Who comes second waits for the first: the process must not end in the middle of it.
        closing.lock();
        try {
            for (AutoCloseable next = pop(); next != null; next = pop()) {
                close(next);
            }
        } finally {
            closing.unlock();
        }
    }

    private synchronized @Nullable AutoCloseable pop() {
        return open.poll();
    }

    /** What cannot be closed keeps nothing else from being closed. */
    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOGGER.atWarn().setCause(e).addKeyValue("part", opened).log("A part of the sandbox could not be closed");
        }
    }
}
