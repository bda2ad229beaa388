package io.longwatch.sandbox.prometheus;

import io.longwatch.sandbox.prometheus.promql.Value.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A Prometheus that answers range queries: the stand-in, or a real one. */
public interface RangeQueries {
    /** Whether nobody answers there now. */
    boolean isDown();

    /**
     * Evaluates a query at each step.
     *
     * @throws io.longwatch.sandbox.prometheus.promql.PromqlException if the query is refused
     */
    List<Run> queryRange(String query, Instant start, Instant end, Duration step);
}
