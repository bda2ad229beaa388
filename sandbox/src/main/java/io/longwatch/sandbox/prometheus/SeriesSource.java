package io.longwatch.sandbox.prometheus;

/** What there is to scrape. Asked on every query, so series may come and go. */
@FunctionalInterface
public interface SeriesSource {
    /**
     * All series, ended ones included as long as a query may look back at them.
     *
     * <p>A series {@code up} with labels {@code job} and {@code instance} makes a target: 1 is up, 0 is down, absent is no
     * longer discovered.
     */
    Iterable<Series> series();
}
