package io.longwatch.worker;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Temporal's library and this worker measure of themselves, in Prometheus' format. */
public final class Metrics implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Metrics.class);
    private static final double REPORT_EVERY_SECONDS = 5;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final Scope scope = new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(registry))
            .reportEvery(Duration.ofSeconds(REPORT_EVERY_SECONDS));

    /** Where Temporal's library reports. */
    public Scope scope() {
        return scope;
    }

    Meters meters() {
        return meters;
    }

    /** As Prometheus reads it. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        try {
            scope.close();
        } catch (ScopeCloseException e) {
            LOGGER.atWarn().setCause(e).log("the last metrics were not reported");
        }
        registry.close();
    }
}
