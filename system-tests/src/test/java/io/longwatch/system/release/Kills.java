package io.longwatch.system.release;

import io.longwatch.release.ReleaseRecord;
import io.longwatch.system.parts.ServerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kills the workers of a site with SIGKILL, one at a time, and starts another for each. A seed decides when: after how many
 * steps and windows of the release, spread over all of it, and how long after that. Now and then the next worker comes
 * late, once in the last window of the soak if there is but one; now and then the Temporal server is killed too, and
 * started again on its database.
 */
final class Kills implements AutoCloseable {
    /** What a release settles: its steps, and four times its windows. */
    private static final int PROGRESS = 78;

    private static final int WINDOW = 4;
    private static final int DELAY = 2_500;
    private static final int LATE_IN = 4;
    private static final int LATE = 8_000;
    private static final int SERVER_IN = 10;
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Site site;
    private final Random random;
    private final int[] due;
    private final List<ServerProcess> workers = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int progress;
    private volatile boolean inTheLastWindow;
    private boolean lateInTheSoak;
    private volatile int done;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the workers; the kills begin with {@link #begin}.
     *
     * @param workers how many work at once
     * @param kills how often it kills one
     */
    Kills(Site site, long seed, int workers, int kills) throws Exception {
        this.site = site;
        this.random = new Random(seed);
        this.due = IntStream.range(workers == 1 ? 1 : 0, kills)
                .map(kill -> random.nextInt(PROGRESS))
                .sorted()
                .toArray();
        for (int i = 0; i < workers; i++) {
            this.workers.add(site.startWorker());
        }
        this.thread = new Thread(this::killOnAndOn, "kills-" + site.name());
    }

    void begin() {
        thread.start();
    }

    /** Tells it how far the release is. */
    void see(ReleaseRecord now) {
        long steps = now.steps().filter(step -> step.state().settled()).count();
        long windows =
                now.soak().stream().filter(window -> window.verdict() != null).count();
        progress = (int) (steps + WINDOW * windows);
        inTheLastWindow = windows == now.soak().size() - 1;
    }

    private void killOnAndOn() {
        try {
            for (int next : due) {
                while (!stopped && progress < next) {
                    Thread.sleep(GLANCE.toMillis());
                    missLooks();
                }
                Thread.sleep(random.nextInt(DELAY));
                if (stopped) {
                    return;
                }
                killOne(next, random.nextInt(LATE_IN) == 0);
            }
            while (!stopped) {
                Thread.sleep(GLANCE.toMillis());
                missLooks();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    /** Whatever else happens, nobody looks for some time in the last window, if there is but one worker. */
    private void missLooks() throws Exception {
        if (inTheLastWindow && !lateInTheSoak && workers.size() == 1) {
            lateInTheSoak = true;
            killOne(progress, true);
        }
    }

    private void killOne(int after, boolean late) throws Exception {
        int which = random.nextInt(workers.size());
        if (random.nextInt(SERVER_IN) == 0) {
            tell("kills the Temporal server");
            site.world().killTemporal();
        }
        tell("kills worker " + which + " after " + after + (late ? ", the next comes late" : ""));
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
    void end() {
        stopped = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable happened = failure;
        if (happened != null) {
            throw new AssertionError("a worker did not come up again", happened);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
