package io.longwatch.system.release;

import io.longwatch.release.ReleaseRecord;
import io.longwatch.system.parts.ServerProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills the workers of a site with SIGKILL and starts another for each. A seed decides when: after how much of the release,
 * or of its rollback, spread over all of it, and how long after that. Once a worker is asked to end, as SIGTERM does,
 * instead. Now and then the next worker comes late, now and then the Temporal server is killed too, and started again on its
 * database.
 *
 * <p>Of a whole release it also aims where a repeat would do harm, and at a single worker in the last window of the soak,
 * whose next comes late.
 */
final class Kills implements AutoCloseable {
    private static final int DELAY = 2_500;
    private static final int LATE_IN = 4;
    private static final int LATE = 8_000;
    private static final int SERVER_IN = 10;

    /** Steps that a release may take while a worker starts. */
    private static final int AHEAD = 8;

    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration HANDING_OVER = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Site site;
    private final Random random;
    private final Stretch stretch;
    private final Aim aim;
    private final List<Due> due;
    /** Those that run, and those that are yet to come: they start beside the aiming. */
    private final List<CompletableFuture<ServerProcess>> workers = new ArrayList<>();

    private final ExecutorService starting = Executors.newCachedThreadPool();
    private final List<String> told = new ArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int progress = -1;
    private volatile boolean inTheLastWindow;
    private boolean lateInTheSoak;
    private volatile boolean aimMet;
    private volatile int done;
    private final AtomicInteger handovers = new AtomicInteger();
    private volatile @Nullable Throwable failure;

    /** What part of a release is to suffer. */
    enum Stretch {
        /** All of it, to its end. */
        WHOLE(78, DELAY) {
            @Override
            int whenGently(Random random) {
                int quiet = random.nextInt(super.length - (AIM_TO - AIM_FROM));
                return quiet < AIM_FROM ? quiet : quiet + AIM_TO - AIM_FROM;
            }

            @Override
            int progress(ReleaseRecord now) {
                return (int) (now.steps().filter(step -> step.state().settled()).count() + WINDOW * judged(now));
            }
        },
        /** Its rollback, which can be over while a worker hands over: the first kill comes as it begins. */
        ROLLBACK(5, DELAY / 3) {
            @Override
            int when(int kill, Random random) {
                return kill == 0 ? 0 : super.when(kill, random);
            }

            @Override
            int progress(ReleaseRecord now) {
                return now.rollback().isEmpty()
                        ? -1
                        : (int) now.rollback().stream()
                                .flatMap(phase -> phase.steps().stream())
                                .filter(step -> step.state().settled())
                                .count();
            }
        };

        /** Between which steps it aims, with time to spare. */
        private static final int AIM_FROM = 40;

        private static final int AIM_TO = 66;

        /** What a window counts for, in steps. */
        private static final int WINDOW = 4;

        private final int length;
        private final int delay;

        Stretch(int length, int delay) {
            this.length = length;
            this.delay = delay;
        }

        /** After how much of it a kill is due, counted from 0. */
        int when(int kill, Random random) {
            return random.nextInt(length);
        }

        /** After how much of it a worker is asked to end: not where it aims, since a handover takes a while. */
        int whenGently(Random random) {
            return random.nextInt(length);
        }

        /** What of it is settled; negative before it begins. */
        abstract int progress(ReleaseRecord now);
    }

    /** Where a repeat would do harm. */
    enum Aim {
        NOWHERE,
        /** At the worker whose command runs. */
        COMMAND,
        /** At all workers, while something posted has been taken and not been answered. */
        WEBHOOKS
    }

    private record Due(int after, boolean gently) {}

    /**
     * Starts the workers; the kills begin with {@link #begin}.
     *
     * @param workers how many work at once
     * @param kills how often it kills one, in a whole release those included at which it aims
     */
    Kills(Site site, long seed, Stretch stretch, Aim aim, int workers, int kills) throws Exception {
        this.site = site;
        this.random = new Random(seed);
        this.stretch = stretch;
        this.aim = aim;
        int aimed = aim == Aim.NOWHERE ? 0 : workers == 1 ? 2 : aim == Aim.WEBHOOKS ? workers : 1;
        this.due = Stream.concat(
                        IntStream.range(0, Math.max(0, kills - aimed))
                                .mapToObj(kill -> new Due(stretch.when(kill, random), false)),
                        Stream.of(new Due(stretch.whenGently(random), true)))
                .sorted(Comparator.comparingInt(Due::after))
                .toList();
        for (int i = 0; i < workers; i++) {
            this.workers.add(CompletableFuture.completedFuture(site.startWorker()));
        }
        this.thread = new Thread(this::killOnAndOn, "kills-" + site.name());
    }

    private static long judged(ReleaseRecord now) {
        return now.soak().stream().filter(window -> window.verdict() != null).count();
    }

    void begin() {
        thread.start();
    }

    /** Tells it how far the release is. */
    void see(ReleaseRecord now) {
        progress = stretch.progress(now);
        inTheLastWindow = judged(now) == now.soak().size() - 1;
    }

    private void killOnAndOn() {
        try {
            for (Due next : due) {
                while (!stopped && (progress < next.after || keepsAiming())) {
                    aim();
                }
                Thread.sleep(random.nextInt(stretch.delay));
                if (stopped) {
                    return;
                }
                strike(next);
            }
            while (!stopped) {
                aim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    /** Whether a kill by plan waits: while a worker starts again nobody would see that the release is where it aims. */
    private boolean keepsAiming() {
        return aim != Aim.NOWHERE && !aimMet && progress >= Stretch.AIM_FROM - AHEAD && progress < Stretch.AIM_TO;
    }

    /** Kills where a repeat would do harm, if the release is there. */
    private void aim() throws Exception {
        Thread.sleep(GLANCE.toMillis());
        if (!aimMet && aim == Aim.COMMAND && site.commandRuns()) {
            killWhoRunsTheCommand();
        }
        if (!aimMet && aim == Aim.WEBHOOKS && allAreUp() && site.balancer().owesAnAnswer()) {
            killAll();
        }
        if (inTheLastWindow && !lateInTheSoak && aim != Aim.NOWHERE && workers.size() == 1 && isUp(0)) {
            lateInTheSoak = true;
            kill(0, true);
        }
    }

    private void killWhoRunsTheCommand() throws Exception {
        for (int i = 0; i < workers.size(); i++) {
            if (isUp(i) && runsTheCommand(workers.get(i).join())) {
                kill(i, false);
                return;
            }
        }
    }

    private boolean runsTheCommand(ServerProcess worker) {
        return site.commandRuns() && site.told().get(0).equals(Long.toString(worker.pid()));
    }

    private void killAll() throws Exception {
        tell("kills every worker while a webhook is answered");
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).join().kill();
            done++;
            follow(i, () -> {});
        }
        aimMet = true;
    }

    private boolean allAreUp() {
        return workers.stream().allMatch(CompletableFuture::isDone);
    }

    private boolean isUp(int which) {
        return workers.get(which).isDone();
    }

    /** Starts the next worker in a place, after something else. */
    private void follow(int which, Ahead ahead) {
        workers.set(
                which,
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                ahead.run();
                                return site.startWorker();
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        },
                        starting));
    }

    private interface Ahead {
        void run() throws Exception;
    }

    private void strike(Due next) throws Exception {
        if (random.nextInt(SERVER_IN) == 0) {
            tell("kills the Temporal server");
            site.world().killTemporal();
        }
        int which = random.nextInt(workers.size());
        boolean late = random.nextInt(LATE_IN) == 0;
        do {
            aim();
        } while (!stopped && !isUp(which));
        if (stopped) {
            return;
        }
        if (next.gently) {
            tell("asks worker " + which + " to end after " + next.after);
            ServerProcess worker = workers.get(which).join();
            follow(which, () -> handOver(worker));
        } else {
            kill(which, late);
        }
    }

    private void handOver(ServerProcess worker) throws Exception {
        int exit = worker.stop(HANDING_OVER);
        if (exit != 0) {
            throw new AssertionError("a worker that was asked to end did so with " + exit);
        }
        handovers.incrementAndGet();
    }

    private void kill(int which, boolean late) throws Exception {
        ServerProcess worker = workers.get(which).join();
        boolean command = runsTheCommand(worker);
        boolean webhook =
                aim == Aim.WEBHOOKS && workers.size() == 1 && site.balancer().owesAnAnswer();
        worker.kill();
        done++;
        // What it began goes on without it.
        boolean met =
                command && site.commandRuns() || webhook && site.balancer().owesAnAnswer();
        aimMet |= met;
        tell("kills worker " + which + " after " + progress + (met ? ", at the " + aim : "")
                + (late ? ", the next comes late" : ""));
        follow(which, late ? this::sleepUnlessAtTheAim : () -> {});
    }

    /** Sleeps so long that a worker comes late, but not over the moment at which it aims. */
    private void sleepUnlessAtTheAim() throws InterruptedException {
        boolean ahead = !aimMet && !isAtTheAim();
        for (long slept = 0; slept < LATE && !(ahead && isAtTheAim()); slept += GLANCE.toMillis()) {
            Thread.sleep(GLANCE.toMillis());
        }
    }

    private boolean isAtTheAim() {
        return switch (aim) {
            case NOWHERE -> false;
            case COMMAND -> site.commandRuns();
            case WEBHOOKS -> site.balancer().owesAnAnswer();
        };
    }

    private void tell(String text) {
        synchronized (told) {
            told.add(Clock.systemUTC().instant() + " " + text);
        }
    }

    /** How many workers were killed. */
    int done() {
        return done;
    }

    /** How many were asked to end, and did so in order. */
    int handovers() {
        return handovers.get();
    }

    /** Whether a worker was killed where it aimed. */
    boolean aimMet() {
        return aimMet;
    }

    String words() {
        synchronized (told) {
            return String.join("\n", told);
        }
    }

    /** Stops killing, and fails if a worker did not come up again, or did not end as it was asked to. */
    void end() {
        stopped = true;
        try {
            thread.join(PATIENCE.toMillis());
            CompletableFuture.allOf(workers.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            failure = failure == null ? e : failure;
        }
        Throwable happened = failure;
        if (happened != null) {
            throw new AssertionError("the workers did not do as they should: " + words(), happened);
        }
    }

    @Override
    public void close() {
        stopped = true;
        starting.shutdownNow();
    }
}
