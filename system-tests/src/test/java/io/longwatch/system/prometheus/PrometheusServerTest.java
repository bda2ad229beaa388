package io.longwatch.system.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.prometheus.PrometheusConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.prometheus.PrometheusContract;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.system.parts.PrometheusServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract on Debian's Prometheus, and what only a server with limits, files and a past shows. */
@Timeout(300)
class PrometheusServerTest extends PrometheusContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "metrics");
    private static final Instant PAST = Instant.parse("2026-11-20T00:00:00Z");

    @TempDir
    Path folder;

    @TempDir
    Path own;

    @Override
    protected World start() {
        return new RealPrometheus(folder);
    }

    @Test
    void aPastThatNobodyLookedAtIsFilledInByARange() {
        // Given: an hour of a gauge that rises by one a minute, and is at 59 when it ends
        StringBuilder samples = new StringBuilder();
        for (int minute = 0; minute < 60; minute++) {
            long at = PAST.plus(Duration.ofMinutes(minute)).getEpochSecond();
            samples.append("g{pod=\"a\"} ")
                    .append(minute)
                    .append(' ')
                    .append(at)
                    .append('\n');
        }
        try (PrometheusServer server =
                PrometheusServer.holding(own, samples.append("# EOF\n").toString())) {
            // When
            var highest = actions(server.uri())
                    .query(STEP, ranged("g", PAST.plus(Duration.ofMinutes(40)), Duration.ofMinutes(30), "max"));
            var average = actions(server.uri())
                    .query(STEP, ranged("g", PAST.plus(Duration.ofMinutes(40)), Duration.ofMinutes(30), "avg"));
            var afterwards = actions(server.uri())
                    .query(STEP, ranged("g", PAST.plus(Duration.ofHours(3)), Duration.ofHours(1), "max"));

            // Then
            assertThat(highest.value()).isEqualTo(40);
            assertThat(highest.samples()).isEqualTo(31);
            assertThat(average.value()).isEqualTo(25);
            assertThat(afterwards.noData()).isTrue();
        }
    }

    @Test
    void aServerKilledAndStartedAgainKeepsWhatItSawAndAGap() {
        // Given
        try (RealPrometheus world = new RealPrometheus(own)) {
            world.expose("bridge", "127.0.0.1:1", true, List.of(Series.of("g", Map.of(), at -> 7)));
            world.write(List.of("bridge"), "groups: []\n");
            actions(world.uri())
                    .reload(
                            STEP,
                            new ReloadInput(null, "bridge", null, null),
                            actions(world.uri()).reloadBefore(STEP, new ReloadInput(null, "bridge", null, null)));
            world.pass(Duration.ofSeconds(3));
            Instant before = world.clock().instant();
            world.vanish();
            var down = failure(() -> actions(world.uri()).query(STEP, QueryInput.of("g")));

            // When
            world.server().restart();
            var then =
                    actions(world.uri()).query(STEP, new QueryInput(null, "g", before, null, null, null, null, null));

            // Then
            assertThat(down.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(then.value()).isEqualTo(7);
        }
    }

    /** Which of the two a busy server says depends on whether the query has left its queue by then. */
    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms"})
    void aQueryThatTakesLongerThanTheServerAllowsIsTriedAgain(String timeout) {
        // Given
        try (PrometheusServer server = heavy("--query.timeout=" + timeout)) {
            // When
            var failure = failure(() -> actions(server.uri()).query(STEP, heavyQuery()));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(failure.getOriginalMessage()).containsAnyOf("timed out", "deadline exceeded");
        }
    }

    @Test
    void aQueryThatTakesLongerThanTheConnectionAllowsEndsInTime() {
        // Given
        try (PrometheusServer server = heavy()) {
            var actions = actions(server.uri(), Duration.ofMillis(1));

            // When
            var failure = failure(() -> actions.query(STEP, heavyQuery()));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        }
    }

    @Test
    void aQueryOverMoreSamplesThanTheServerAllowsHasFailed() {
        // Given
        try (PrometheusServer server = heavy("--query.max-samples=5")) {
            // When
            var failure = failure(() -> actions(server.uri()).query(STEP, heavyQuery()));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.FAILED);
            assertThat(failure.getOriginalMessage()).contains("too many samples");
        }
    }

    @Test
    void aServerThatForbidsReloadsSaysHowToAllowThem() {
        // Given
        try (RealPrometheus world = new RealPrometheus(own, PrometheusServer.NO_RELOADS)) {
            var actions = actions(world.uri());
            var input = new ReloadInput(null, null, null, null);
            var before = actions.reloadBefore(STEP, input);
            world.write(List.of("bridge"), "groups: []\n");

            // When
            var failure = failure(() -> actions.reload(STEP, input, before));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.DENIED);
            assertThat(failure.getOriginalMessage()).contains("--web.enable-lifecycle");
        }
    }

    @Test
    void aFileOfRulesThatIsBrokenIsRejected() {
        // Given
        try (RealPrometheus world = new RealPrometheus(own)) {
            var actions = actions(world.uri());
            var input = new ReloadInput(null, null, List.of("Broken"), null);
            var before = actions.reloadBefore(STEP, input);
            world.write(List.of(), "groups: [{name: bridge, rules: [{alert: Broken, expr: 'sum(rate('}]}]\n");

            // When
            var failure = failure(() -> actions.reload(STEP, input, before));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.FAILED);
            assertThat(failure.getOriginalMessage()).contains("rejected its configuration");
            assertThat(actions.reloadBefore(STEP, input)).isEqualTo(before);
        }
    }

    @Test
    void anAddressThatIsNoPrometheusIsNamed() throws IOException {
        // Given
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>Grafana</html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        other.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + other.getAddress().getPort());

            // When
            var failure = failure(() -> actions(uri).query(STEP, QueryInput.of("up")));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.FAILED);
            assertThat(failure.getOriginalMessage()).contains("is it the address of a Prometheus?");
        } finally {
            other.stop(0);
        }
    }

    @Test
    void aPathBelowWhichThereIsNoPrometheusIsNotFound() {
        // Given
        try (PrometheusServer server = heavy()) {
            // When
            var failure =
                    failure(() -> actions(server.uri().resolve("/elsewhere")).query(STEP, QueryInput.of("up")));

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.FAILED);
            assertThat(failure.getOriginalMessage()).contains("404");
        }
    }

    /** A server with an hour of twenty series. */
    private PrometheusServer heavy(String... flags) {
        StringBuilder samples = new StringBuilder();
        for (int series = 0; series < 20; series++) {
            for (int minute = 0; minute < 60; minute++) {
                long at = PAST.plus(Duration.ofMinutes(minute)).getEpochSecond();
                samples.append("g{pod=\"p" + series + "\"} " + minute + " " + at + "\n");
            }
        }
        return PrometheusServer.holding(own, samples.append("# EOF\n").toString(), flags);
    }

    private static QueryInput heavyQuery() {
        return new QueryInput(
                null,
                "sum(quantile_over_time(0.5, g[1h]))",
                PAST.plus(Duration.ofHours(1)),
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                "max",
                null,
                null);
    }

    private static QueryInput ranged(String query, Instant to, Duration range, String reduce) {
        return new QueryInput(null, query, to, range, Duration.ofMinutes(1), reduce, null, null);
    }

    private static PrometheusActions actions(URI uri) {
        return actions(uri, Duration.ofSeconds(10));
    }

    private static PrometheusActions actions(URI uri, Duration timeout) {
        var connection = new PrometheusConnection(uri, null, null, null, timeout);
        var connections = new Connections("production", Map.of("metrics", connection), Map.of());
        return new PrometheusActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, action);
        assertThat(failure).as("it should have failed").isNotNull();
        return failure;
    }
}
