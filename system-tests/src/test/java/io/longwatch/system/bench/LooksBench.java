package io.longwatch.system.bench;

import io.longwatch.plan.Durations;
import io.longwatch.system.parts.TemporalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How late looks are when many releases soak at once. */
@Command(
        name = "bench/looks.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How late the looks are of many releases that soak at once, and what one costs the worker: one worker",
            "with a heap of 1 GiB in a JVM of its own, a real Temporal server on SQLite. The one check of each asks a",
            "local stand-in of one metric, which is where a look's time is taken: from when it was due until the",
            "metric was asked for. Before it, on the same server, a bare activity that the server retries."
        })
public final class LooksBench implements Callable<Integer> {
    private static final int STARTERS = 8;
    private static final int MOST_NAMED = 5;
    private static final Duration TO_ARRIVE = Duration.ofSeconds(10);

    @Parameters(index = "0", defaultValue = "10000", description = "Releases that soak at once: ${DEFAULT-VALUE}.")
    private int releases;

    @Parameters(index = "1", defaultValue = "20", description = "Minutes to measure: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--interval",
            defaultValue = "2m",
            converter = Time.class,
            description = "Time between looks: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    @Option(names = "--rate", defaultValue = "15", description = "Starts per second, at most: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--in-flight", defaultValue = "40", description = "Most that are being started: ${DEFAULT-VALUE}.")
    private int inFlight;

    @Option(
            names = "--bare-share",
            defaultValue = "0.5",
            description = "Share of the minutes for the bare activity, 0 to leave it out: ${DEFAULT-VALUE}.")
    private double bareShare;

    @Option(names = "--no-events", negatable = true, description = "Leaves out the count of events of a window.")
    private boolean events = true;

    private final Clock clock = Clock.systemUTC();

    /** A time as plans write it. */
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no duration; write 90s or 2m"));
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new LooksBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("longwatch-bench");
        say("%d services, a look every %s, %.1f minutes; logs in %s", releases, interval, minutes, folder);
        try (TemporalServer server = TemporalServer.start(folder);
                MetricStandIn metric = new MetricStandIn()) {
            if (bareShare > 0) {
                try (Soaking bare = new SoakingBare(folder, server, metric, interval)) {
                    measure(bare, metric, bareShare);
                }
                metric.forget();
            }
            try (SoakingReleases soaking = new SoakingReleases(folder, server, metric, interval)) {
                if (events) {
                    count(soaking);
                    metric.forget();
                }
                measure(soaking, metric, 1);
            }
        }
        return 0;
    }

    private void count(SoakingReleases soaking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Duration second = Duration.ofSeconds(1);
            Future<Integer> few = threads.submit(() -> soaking.events("few", 1, Duration.ofSeconds(10), second));
            Future<Integer> many = threads.submit(() -> soaking.events("many", 1, Duration.ofSeconds(40), second));
            Future<Integer> two = threads.submit(() -> soaking.events("two", 2, Duration.ofSeconds(10), second));
            say(
                    "events of a whole release: %d with a window of 10 looks, %d with one of 40, %d with two of 10",
                    few.get(), many.get(), two.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private void measure(Soaking soaking, MetricStandIn metric, double share) {
        List<String> services =
                IntStream.rangeClosed(1, releases).mapToObj(i -> "s" + i).toList();
        double empty = soaking.worker().heapAfterCollection();
        double emptyResident = soaking.worker().resident();
        ramp(soaking, metric, services);
        Processes.pass(interval);
        Instant from = clock.instant();
        Duration worker = soaking.worker().cpu();
        Duration server = Processes.cpuOfChildren("temporal");
        List<String> before = soaking.worker().metrics("longwatch_look");
        Processes.pass(Duration.ofMillis(Math.round(minutes * share * 60_000)));
        Instant to = clock.instant();
        double lasted = Duration.between(from, to).toMillis();
        double workerShare = soaking.worker().cpu().minus(worker).toMillis() / lasted;
        double serverShare = Processes.cpuOfChildren("temporal").minus(server).toMillis() / lasted;
        Processes.pass(interval.compareTo(TO_ARRIVE) < 0 ? interval : TO_ARRIVE);
        List<String> after = soaking.worker().metrics("longwatch_look");
        double full = soaking.worker().heapAfterCollection();
        Seen seen = seen(soaking, metric, services, from, to);
        say("--- %s: %d looks, %.1f/s", soaking.name(), seen.lateness().count(), seen.perSecond());
        say("lateness: %s", seen.lateness().tail());
        say(
                "within 1 s: %.3f %%, not before the next was due: %d",
                100 * seen.within(Duration.ofSeconds(1)), seen.missing());
        say("CPUs: worker %.2f, server %.2f", workerShare, serverShare);
        say(
                "heap after a collection: %.1f MiB empty, %.1f MiB full, %.1f KiB each; resident %.0f, %.0f MiB",
                empty,
                full,
                (full - empty) * 1024 / releases,
                emptyResident,
                soaking.worker().resident());
        before.forEach(line -> System.out.println("  before: " + line));
        after.forEach(line -> System.out.println("  after:  " + line));
        inParallel(services, part -> {
            soaking.end(part);
            return List.of();
        });
    }

    private Seen seen(Soaking soaking, MetricStandIn metric, List<String> services, Instant from, Instant to) {
        List<Instant> starts = inParallel(
                services, part -> part.stream().map(soaking::startedAt).toList());
        Seen seen = new Seen(from, to, interval);
        int named = 0;
        for (int i = 0; i < services.size(); i++) {
            int missing = seen.missing();
            seen.add(starts.get(i), metric.looks(services.get(i)));
            if (seen.missing() > missing && named++ < MOST_NAMED) {
                say(
                        "%s lacks %d looks: %s",
                        services.get(i), seen.missing() - missing, soaking.standing(services.get(i)));
            }
        }
        return seen;
    }

    /** Starts all, spread evenly over whole intervals, no more at once than the server bears. */
    private void ramp(Soaking soaking, MetricStandIn metric, List<String> services) {
        long intervals = (long) Math.ceil(releases / rate / interval.toSeconds());
        double spacing = intervals * interval.toMillis() / (double) releases;
        Instant began = clock.instant();
        ExecutorService starters = Executors.newFixedThreadPool(STARTERS);
        List<Future<?>> started = new ArrayList<>();
        try {
            for (int i = 0; i < services.size(); i++) {
                Processes.passUntil(began.plusMillis(Math.round(i * spacing)));
                while (i - metric.deployed() >= inFlight) {
                    Processes.pass(Duration.ofMillis(10));
                }
                String service = services.get(i);
                started.add(starters.submit(() -> soaking.start(service)));
            }
            for (Future<?> one : started) {
                Processes.wait(one::get);
            }
        } finally {
            starters.shutdownNow();
        }
        while (metric.deployed() < services.size()) {
            Processes.pass(Duration.ofMillis(100));
        }
        say(
                "%s: %d started in %d s",
                soaking.name(),
                releases,
                Duration.between(began, clock.instant()).toSeconds());
    }

    private interface Part<T> {
        List<T> of(List<String> services);
    }

    private static <T> List<T> inParallel(List<String> services, Part<T> part) {
        ExecutorService threads = Executors.newFixedThreadPool(STARTERS);
        try {
            int size = (services.size() + STARTERS - 1) / STARTERS;
            List<Future<List<T>>> parts = new ArrayList<>();
            for (int i = 0; i < services.size(); i += size) {
                List<String> some = services.subList(i, Math.min(services.size(), i + size));
                parts.add(threads.submit(() -> part.of(some)));
            }
            List<T> all = new ArrayList<>();
            parts.forEach(one -> all.addAll(Processes.wait(one::get)));
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void say(String form, Object... figures) {
        System.out.printf(Locale.ROOT, form + "%n", figures);
    }
}
