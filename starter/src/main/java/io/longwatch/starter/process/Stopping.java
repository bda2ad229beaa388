package io.longwatch.starter.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A signal that ends the process in good order: what runs is asked to stop, is waited for, and the process ends with 0
 * rather than with the signal's own code. The runtime begins to shut down when the signal comes, so the process's end has
 * to come from there: a call of exit elsewhere would wait for it for ever.
 */
final class Stopping {
    private static final Duration TO_CLOSE = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Duration longest;

    private Stopping(Duration longest) {
        this.longest = longest;
    }

    /**
     * Listens for SIGTERM and SIGINT from now on.
     *
     * @param patience how long what runs is given, besides the time to close
     */
    static Stopping onSignal(Duration patience) {
        Stopping stopping = new Stopping(patience.plus(TO_CLOSE));
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::stop, "stop"));
        return stopping;
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything is closed. */
    void ended() {
        ended.countDown();
    }

    private void stop() {
        boolean bySignal = ended.getCount() > 0;
        asked.countDown();
        try {
            if (bySignal && ended.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
