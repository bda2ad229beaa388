package io.longwatch.system.release;

import io.longwatch.system.parts.ServerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the workers of a site with SIGKILL, one at a time, at instants that a seed decides, and starts another for each.
 * Now and then the next one comes late, so that looks of the soak are missed; now and then the Temporal server is killed
 * instead, and started again on its database.
 */
final class Kills implements AutoCloseable {
    private static final int SHORTEST_LIFE = 500;
    private static final int LIFE = 22_000;
    private static final int LATE_IN = 4;
    private static final int LATE = 8_000;
    private static final int SERVER_IN = 8;

    private final Site site;
    private final Random random;
    private final AtomicInteger left;
    private final List<ServerProcess> workers = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int done;
    private volatile Throwable failure;

    private Kills(Site site, long seed, int workers, AtomicInteger left) throws Exception {
        this.site = site;
        this.random = new Random(seed);
        this.left = left;
        for (int i = 0; i < workers; i++) {
            this.workers.add(site.startWorker());
        }
        this.thread = new Thread(this::killOnAndOn, "kills-" + site.name());
    }

    /**
     * Starts the workers; the kills begin with {@link #begin}.
     *
     * @param workers how many work at once
     * @param left kills that are left to be done, here or elsewhere
     */
    static Kills of(Site site, long seed, int workers, AtomicInteger left) throws Exception {
        return new Kills(site, seed, workers, left);
    }

    void begin() {
        thread.start();
    }

    private void killOnAndOn() {
        try {
            while (!stopped && left.getAndUpdate(kills -> Math.max(0, kills - 1)) > 0) {
                Thread.sleep(SHORTEST_LIFE + random.nextInt(LIFE));
                if (!stopped) {
                    killOne();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    private void killOne() throws Exception {
        int which = random.nextInt(workers.size());
        boolean late = random.nextInt(LATE_IN) == 0;
        if (random.nextInt(SERVER_IN) == 0) {
            tell("kills the Temporal server");
            site.world().killTemporal();
        }
        tell("kills worker " + which + (late ? ", the next comes late" : ""));
        workers.get(which).kill();
        done++;
        if (late) {
            Thread.sleep(LATE);
        }
        workers.set(which, site.startWorker());
    }

    private void tell(String text) {
        synchronized (told) {
            told.add(Clock.systemUTC().instant() + " " + text);
        }
    }

    int done() {
        return done;
    }

    String words() {
        synchronized (told) {
            return String.join("\n", told);
        }
    }

    /** Stops killing, and fails if a worker did not come up again. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofMinutes(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new AssertionError("a worker did not come up again", failure);
        }
    }
}
