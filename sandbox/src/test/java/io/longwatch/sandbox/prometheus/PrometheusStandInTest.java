package io.longwatch.sandbox.prometheus;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.QueryResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.prometheus.PrometheusConnection;
import io.longwatch.contract.StepRef;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stand-in keeps the contract, and what only a stand-in can do. */
class PrometheusStandInTest extends PrometheusContract {
    private static final Instant START = Instant.parse("2026-11-21T08:00:07Z");

    @Override
    protected World start() {
        return new StandIn();
    }

    @Test
    void aTimeWithoutPrometheusLeavesAGapThatHealsAfterwards() {
        // Given
        try (StandIn world = new StandIn()) {
            world.expose("bridge", "127.0.0.1:1", true, List.of(Series.of("g", Map.of(), at -> 7)));
            world.write(List.of("bridge"), "groups: []");
            world.prometheus.reload();
            Instant from = START.plus(Duration.ofMinutes(10));
            Instant to = from.plus(Duration.ofHours(2));
            world.prometheus.down(from, to);
            world.pass(Duration.ofHours(3));

            // When
            var inTheGap = query(world, "g", from.plus(Duration.ofHours(1)));
            var samples = query(world, "count_over_time(g[3h])", START.plus(Duration.ofHours(3)));
            var afterwards = query(world, "g", START.plus(Duration.ofHours(3)));

            // Then: one sample each 15 s of an hour remains
            assertThat(inTheGap.noData()).isTrue();
            assertThat(samples.value()).isEqualTo(240);
            assertThat(afterwards.value()).isEqualTo(7);
        }
    }

    @Test
    void aSeriesThatEndsIsStaleAtTheNextScrape() {
        // Given
        try (StandIn world = new StandIn()) {
            Instant end = START.plus(Duration.ofMinutes(5));
            world.expose(
                    "bridge",
                    "127.0.0.1:1",
                    true,
                    List.of(Series.of("g", Map.of(), at -> 7).between(START, end)));
            world.write(List.of("bridge"), "groups: []");
            world.prometheus.reload();

            // When
            var before = query(world, "g", end.minusSeconds(1));
            var after = query(world, "g", end.plusSeconds(15));

            // Then
            assertThat(before.value()).isEqualTo(7);
            assertThat(after.noData()).isTrue();
        }
    }

    private static QueryResult query(StandIn world, String query, Instant at) {
        var connection = new PrometheusConnection(world.uri(), null, null, null, null);
        var connections = new Connections("production", Map.of("metrics", connection), Map.of());
        return new PrometheusActions(ActionContext.of(connections, world.clock()))
                .query(
                        new StepRef("r", "production", "s"),
                        new QueryInput(null, query, at, null, null, null, null, null));
    }

    /** The stand-in in virtual time. */
    private static final class StandIn implements World, ConfigFiles {
        private final VirtualClock clock = new VirtualClock(START);
        private final List<Series> series = new ArrayList<>();
        private String config = "scrape_configs:\n";
        private String rules = "groups: []\n";
        private final PrometheusStandIn prometheus = PrometheusStandIn.start(() -> series, this, clock);

        @Override
        public URI uri() {
            return prometheus.uri();
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(15);
        }

        @Override
        public void pass(Duration time) {
            clock.pass(time);
        }

        @Override
        public void expose(String job, String instance, boolean healthy, List<Series> exposed) {
            Map<String, String> target = Map.of("job", job, "instance", instance);
            series.add(Series.of("up", target, at -> healthy ? 1 : 0));
            for (Series one : exposed) {
                Map<String, String> labels = new HashMap<>(one.labels());
                labels.putAll(target);
                series.add(new Series(one.name(), labels, one.value()));
            }
        }

        @Override
        public void write(List<String> jobs, String newRules) {
            config = "scrape_configs:\n"
                    + jobs.stream().map(job -> "  - job_name: " + job + "\n").collect(joining());
            rules = newRules;
        }

        @Override
        public void writeNonsense() {
            config = "scrape_configs: [{job_name: bridge}, {job_name: bridge}]\n";
        }

        @Override
        public void vanish() {
            prometheus.down(clock.instant(), clock.instant().plusSeconds(60));
        }

        @Override
        public String config() {
            return config;
        }

        @Override
        public List<String> rules() {
            return List.of(rules);
        }

        @Override
        public void close() {
            prometheus.close();
        }
    }
}
