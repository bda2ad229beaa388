package io.longwatch.sandbox.grafana;

import io.longwatch.sandbox.prometheus.ConfigFiles;
import io.longwatch.sandbox.prometheus.PrometheusStandIn;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.sandbox.prometheus.VirtualClock;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The stand-in keeps the contract. */
class GrafanaStandInTest extends GrafanaContract {
    @Override
    protected World start() {
        return new StandIn();
    }

    private static final class StandIn implements World {
        private final Clock clock = new VirtualClock(Instant.parse("2026-11-21T08:00:00Z"));
        private final PrometheusStandIn prometheus = PrometheusStandIn.start(
                () -> List.of(Series.of("g", Map.of("pod", "a"), at -> 1)),
                ConfigFiles.of("scrape_configs: []"),
                clock);
        private final GrafanaStandIn grafana = new GrafanaStandIn(prometheus, "t0ken", clock);

        @Override
        public URI uri() {
            return grafana.uri();
        }

        @Override
        public String token() {
            return "t0ken";
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public void close() {
            grafana.close();
            prometheus.close();
        }
    }
}
