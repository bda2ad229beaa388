package io.longwatch.system.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Times in the order of their length. */
record Figures(List<Duration> sorted) {
    Figures {
        sorted = List.copyOf(sorted);
    }

    static Figures of(Collection<Duration> times) {
        return new Figures(times.stream().sorted().toList());
    }

    int count() {
        return sorted.size();
    }

    /** The least time that this share of all does not exceed, in ms. */
    double quantile(double share) {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.min(sorted.size(), Math.max(1, rank)) - 1).toNanos() / 1e6;
    }

    String spread() {
        return String.format(
                Locale.ROOT,
                "median %.1f s, least %.1f s, greatest %.1f s",
                quantile(0.5) / 1e3,
                quantile(0) / 1e3,
                quantile(1) / 1e3);
    }

    String tail() {
        return String.format(
                Locale.ROOT,
                "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, p99.9 %.0f ms, max %.0f ms",
                quantile(0.5),
                quantile(0.9),
                quantile(0.99),
                quantile(0.999),
                quantile(1));
    }
}
