package io.longwatch.activities.command;

import io.longwatch.plan.Durations;
import io.longwatch.text.Bounded;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program run to its end by a list of arguments, never by a shell. Ends it with its children when its time is over,
 * when the attempt is cancelled or the worker stops.
 *
 * @param argv program and arguments
 * @param directory folder to run it in; the worker's own where absent
 * @param environment variables for it, beside PATH, HOME, LANG and TZ of the worker
 * @param secrets values to mask in what it prints
 * @param timeout after which it is stopped
 */
public record Subprocess(
        List<String> argv,
        @Nullable Path directory,
        Map<String, String> environment,
        List<String> secrets,
        Duration timeout) {
    private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ");
    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(2);

    public Subprocess {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }

    /** It did not end by itself within its time. */
    public static final class OutOfTime extends Exception {
        private static final long serialVersionUID = 1L;

        OutOfTime(String tail) {
            super(tail);
        }
    }

    /** Secrets stand among the values, so none is printed. */
    @Override
    public String toString() {
        return "subprocess " + argv.get(0);
    }

    /**
     * Runs it.
     *
     * @param beat called every 2 s; when it throws, the program is stopped and the exception passed on
     * @throws IOException if it cannot be started
     * @throws OutOfTime if it was stopped; the message is the end of what it printed
     */
    public Exit run(Runnable beat) throws IOException, OutOfTime, InterruptedException {
        long began = System.nanoTime();
        Process process = start();
        var tail = new Tail(new Mask(secrets));
        Thread reader = new Thread(() -> tail.follow(process), "output of " + argv.get(0));
        reader.setDaemon(true);
        reader.start();
        try {
            boolean ended = await(process, beat, began);
            reader.join(GRACE.toMillis());
            if (!ended) {
                throw new OutOfTime(tail.text());
            }
            return new Exit(process.exitValue(), since(began), tail.text());
        } finally {
            stop(process);
        }
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(argv).redirectErrorStream(true);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        Map<String, String> inherited = new HashMap<>(builder.environment());
        builder.environment().clear();
        INHERITED.stream()
                .filter(inherited::containsKey)
                .forEach(name -> builder.environment().put(name, inherited.get(name)));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private boolean await(Process process, Runnable beat, long began) throws InterruptedException {
        while (since(began).compareTo(timeout) < 0) {
            Duration left = timeout.minus(since(began));
            Duration pause = Durations.min(left, BEAT);
            if (process.waitFor(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                return true;
            }
            beat.run();
        }
        stop(process);
        return false;
    }

    /** Asks the program and its children to end, then makes them. */
    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroy);
        long until = System.nanoTime() + GRACE.toNanos();
        while (family.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param took how long it ran
     * @param tail the end of what it printed, secrets masked, at most 4 KiB
     */
    public record Exit(int code, Duration took, String tail) {
        /** The last line that it printed, at most 200 characters. */
        public String lastLine() {
            String line = Tail.lastLine(tail).strip();
            return Bounded.cut(line, 200);
        }
    }
}
