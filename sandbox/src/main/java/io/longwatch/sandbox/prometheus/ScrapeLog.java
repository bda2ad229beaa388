package io.longwatch.sandbox.prometheus;

import io.longwatch.sandbox.prometheus.promql.Expr;
import io.longwatch.sandbox.prometheus.promql.Labels;
import io.longwatch.sandbox.prometheus.promql.Samples;
import io.longwatch.sandbox.prometheus.promql.Value.Point;
import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What scraping the series would have stored: a sample at every whole multiple of the interval since the epoch, while the
 * series' job was configured and Prometheus was up. A series that a scrape no longer finds is stale at once; one that was
 * not scraped is seen for five minutes.
 */
final class ScrapeLog implements Samples {
    private static final long LOOK_BACK = Duration.ofMinutes(5).toMillis();
    private final SeriesSource source;
    private final long interval;
    private final List<Epoch> epochs = new CopyOnWriteArrayList<>();
    private final List<Outage> outages = new CopyOnWriteArrayList<>();

    ScrapeLog(SeriesSource source, Duration interval) {
        this.source = source;
        this.interval = interval.toMillis();
    }

    /** From now on these jobs are scraped. */
    void configured(Instant from, Set<String> jobs) {
        epochs.add(new Epoch(from.toEpochMilli(), Set.copyOf(jobs)));
    }

    /** These jobs have always been scraped. */
    void configuredSinceEver(Set<String> jobs) {
        epochs.add(new Epoch(Long.MIN_VALUE, Set.copyOf(jobs)));
    }

    void down(Instant from, Instant to) {
        outages.add(new Outage(from.toEpochMilli(), to.toEpochMilli()));
    }

    boolean downAt(Instant instant) {
        return outages.stream().anyMatch(outage -> outage.covers(instant.toEpochMilli()));
    }

    @Override
    public List<Point> at(Expr.Selector selector, long instant) {
        List<Point> points = new ArrayList<>();
        for (Series series : source.series()) {
            Labels labels = labels(series);
            if (selector.matches(labels)) {
                newest(series, instant).ifPresent(number -> points.add(new Point(labels, number)));
            }
        }
        return points;
    }

    private OptionalDouble newest(Series series, long instant) {
        for (long at = scrapeAtOrBefore(instant); at >= instant - LOOK_BACK; at -= interval) {
            long scrape = at;
            if (outages.stream().noneMatch(outage -> outage.covers(scrape))) {
                return sample(series, scrape);
            }
        }
        return OptionalDouble.empty();
    }

    @Override
    public List<Run> between(Expr.Selector selector, long from, long to) {
        List<Run> runs = new ArrayList<>();
        for (Series series : source.series()) {
            Labels labels = labels(series);
            if (selector.matches(labels)) {
                Run run = run(series, labels, from, to);
                if (run.times().length > 0) {
                    runs.add(run);
                }
            }
        }
        return runs;
    }

    private Run run(Series series, Labels labels, long from, long to) {
        long first = -Math.floorDiv(-from, interval) * interval;
        int most = (int) Math.max(0, (to - first) / interval + 1);
        long[] times = new long[most];
        double[] numbers = new double[most];
        int found = 0;
        for (long at = first; at <= to; at += interval) {
            long scrape = at;
            OptionalDouble sample = outages.stream().anyMatch(outage -> outage.covers(scrape))
                    ? OptionalDouble.empty()
                    : sample(series, at);
            if (sample.isPresent()) {
                times[found] = at;
                numbers[found++] = sample.getAsDouble();
            }
        }
        return new Run(labels, Arrays.copyOf(times, found), Arrays.copyOf(numbers, found));
    }

    private OptionalDouble sample(Series series, long at) {
        String job = series.labels().get("job");
        return job == null || scraped(job, at) ? series.value().at(Instant.ofEpochMilli(at)) : OptionalDouble.empty();
    }

    private boolean scraped(String job, long at) {
        boolean scraped = false;
        for (Epoch epoch : epochs) {
            if (epoch.from <= at) {
                scraped = epoch.jobs.contains(job);
            }
        }
        return scraped;
    }

    private long scrapeAtOrBefore(long instant) {
        return Math.floorDiv(instant, interval) * interval;
    }

    private static Labels labels(Series series) {
        Map<String, String> labels = new TreeMap<>(series.labels());
        labels.put(Labels.NAME, series.name());
        return Labels.of(labels);
    }

    /** From when on which jobs are scraped. */
    private record Epoch(long from, Set<String> jobs) {}

    /** A time in which nothing is scraped. */
    private record Outage(long from, long to) {
        boolean covers(long instant) {
            return from <= instant && instant < to;
        }
    }
}
