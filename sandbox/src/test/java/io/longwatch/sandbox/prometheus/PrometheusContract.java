package io.longwatch.sandbox.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.QueryResult;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.prometheus.RulesInput;
import io.longwatch.actions.prometheus.TargetsInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.prometheus.PrometheusConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Prometheus actions find in any Prometheus: the stand-in, or a real 2.42. */
public abstract class PrometheusContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "metrics");
    private static final String NO_RULES = "groups: []\n";
    private static final String RULES = """
            groups:
              - name: bridge
                rules:
                  - alert: HeapHigh
                    expr: bridge_heap_bytes{pod="a"} > 50
                  - alert: NeverFires
                    expr: sum by (pod) (rate(no_such_metric_total{pod=~"a|b"}[5m])) > 0.05
                  - alert: BridgeGone
                    expr: absent(up{job="gone"}) and on() bridge_heap_bytes > 1000
                  - alert: Broken
                    expr: bridge_webhooks_total / on(job) bridge_heap_bytes > 1
                  - record: bridge:heap:sum
                    expr: sum(bridge_heap_bytes)
            """;

    private World world;
    private PrometheusActions actions;

    /** A Prometheus and what it scrapes. */
    public interface World extends AutoCloseable {
        URI uri();

        /** Prometheus' time. */
        Clock clock();

        /** Between scrapes, and between evaluations of rules. */
        Duration interval();

        /** Lets time pass. */
        void pass(Duration time);

        /** From now on a target of that job exposes these series; it answers scrapes only if healthy. */
        void expose(String job, String instance, boolean healthy, List<Series> series);

        /** Puts files in place that scrape these jobs and have these rules; loads nothing. */
        void write(List<String> jobs, String rules);

        /** Puts a configuration in place that no Prometheus accepts. */
        void writeNonsense();

        /** Lets Prometheus be out of reach. */
        void vanish();

        @Override
        void close();
    }

    /** A fresh Prometheus that was started with no jobs and no rules. */
    protected abstract World start();

    @BeforeEach
    final void startWorld() {
        world = start();
        var connection = new PrometheusConnection(world.uri(), null, null, null, Duration.ofSeconds(5));
        var connections = new Connections("production", Map.of("metrics", connection), Map.of());
        actions = new PrometheusActions(ActionContext.of(connections, world.clock()));
    }

    @AfterEach
    final void stopWorld() {
        world.close();
    }

    @Test
    void aFigureComesWithItsLabels() {
        // Given
        scrapeTheBridge();

        // When
        var result = query("bridge_heap_bytes{pod=\"a\"}");

        // Then
        assertThat(result.value()).isEqualTo(100);
        assertThat(result.noData()).isFalse();
        assertThat(result.labels()).containsEntry("job", "bridge").containsEntry("pod", "a");
        assertThat(result.summary()).isEqualTo("100");
    }

    @Test
    void noSeriesIsNoDataAndNotZero() {
        // When
        var result = query("no_such_metric");

        // Then
        assertThat(result.value()).isNull();
        assertThat(result.noData()).isTrue();
        assertThat(result.series()).isZero();
        assertThat(result.summary()).isEqualTo("no data");
    }

    @Test
    void notANumberIsNoData() {
        // Given
        scrapeTheBridge();

        // When
        var result = query("(bridge_heap_bytes{pod=\"a\"} - 100) / (bridge_heap_bytes{pod=\"a\"} - 100)");

        // Then
        assertThat(result.value()).isNull();
        assertThat(result.noData()).isTrue();
        assertThat(result.series()).isEqualTo(1);
    }

    @Test
    void aFigureBeyondAllBoundsIsOneAndOutlivesItsWayThroughJson() throws IOException {
        // Given
        scrapeTheBridge();

        // When
        var above = query("1 / (bridge_heap_bytes{pod=\"a\"} - 100)");
        var below = query("-1 / (bridge_heap_bytes{pod=\"a\"} - 100)");

        // Then
        assertThat(above.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(above.summary()).isEqualTo("+Inf");
        assertThat(below.value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsBytes(above), QueryResult.class))
                .isEqualTo(above);
    }

    @Test
    void severalSeriesNeedAWord() {
        // Given
        scrapeTheBridge();

        // When
        var failure = failure(() -> query("bridge_heap_bytes"));
        var sum =
                actions.query(STEP, new QueryInput(null, "bridge_heap_bytes", null, null, null, null, "sum", "bytes"));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage())
                .contains("2 series")
                .contains("pod=a")
                .contains("pod=b");
        assertThat(sum.value()).isEqualTo(140);
        assertThat(sum.summary()).isEqualTo("140 bytes, sum of 2 series");
    }

    @Test
    void aCounterHasItsRate() {
        // Given
        scrapeTheBridge();
        world.pass(world.interval().multipliedBy(8));

        // When
        var result = query("rate(bridge_webhooks_total[" + window(6) + "])");

        // Then
        assertThat(result.value()).isCloseTo(2.0, within(0.2));
    }

    @Test
    void aRangeIsReducedToOneFigure() {
        // Given
        scrapeTheBridge();
        world.pass(world.interval().multipliedBy(8));

        // When
        var result = actions.query(
                STEP,
                new QueryInput(
                        null,
                        "bridge_heap_bytes{pod=\"a\"}",
                        null,
                        world.interval().multipliedBy(4),
                        world.interval(),
                        "max",
                        null,
                        null));

        // Then
        assertThat(result.value()).isEqualTo(100);
        assertThat(result.samples()).isEqualTo(5);
        assertThat(result.summary()).startsWith("100 at most over ");
    }

    @Test
    void aPastInstantIsSeenAsItWas() {
        // Given
        scrapeTheBridge();
        Instant then = world.clock().instant().minus(world.interval());
        double before = valueAt("bridge_webhooks_total", then);
        world.pass(world.interval().multipliedBy(4));

        // When
        double past = valueAt("bridge_webhooks_total", then);

        // Then
        assertThat(past).isEqualTo(before);
        assertThat(value("bridge_webhooks_total")).isGreaterThan(before);
    }

    @Test
    void aQueryThatIsNoneIsInvalidInPrometheusWords() {
        // When
        var failure = failure(() -> query("sum(rate("));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("1:10: parse error: unclosed left parenthesis");
    }

    @Test
    void aQueryThatCannotBeCarriedOutHasFailed() {
        // Given
        scrapeTheBridge();

        // When
        var failure = failure(() -> query("bridge_webhooks_total / on(job) bridge_heap_bytes"));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure.getOriginalMessage()).contains("many-to-many matching not allowed");
    }

    @Test
    void aPrometheusOutOfReachIsUnavailable() {
        // Given
        world.vanish();

        // When
        var failure = failure(() -> query("up"));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
    }

    @Test
    void targetsAreCountedByHealth() {
        // Given
        scrapeTheBridge();
        world.expose("lame", "127.0.0.1:2", false, List.of());
        load(List.of("bridge", "lame"), NO_RULES);
        world.pass(world.interval().multipliedBy(3));

        // When
        var bridge = actions.targets(STEP, new TargetsInput(null, "bridge", 1));
        var lame = actions.targets(STEP, new TargetsInput(null, "lame", null));
        var waiting = failure(() -> actions.targets(STEP, new TargetsInput(null, "bridge", 2)));

        // Then
        assertThat(bridge.up()).isEqualTo(1);
        assertThat(bridge.summary()).isEqualTo("1 of 1 targets up");
        assertThat(lame.down()).isEqualTo(1);
        assertThat(lame.lastErrors()).singleElement().asString().isNotEmpty();
        assertThat(waiting.getType()).isEqualTo(Failures.PENDING);
    }

    @Test
    void rulesAreFoundMissedAndSeenNeverToFire() {
        // Given
        scrapeTheBridge();
        load(List.of("bridge"), RULES);
        var input = new RulesInput(
                null, List.of("HeapHigh", "NeverFires", "BridgeGone", "Broken", "bridge:heap:sum", "Forgotten"), null);

        // When
        var result = eventually(() -> actions.rules(STEP, input));

        // Then
        assertThat(result.found()).containsExactly("HeapHigh", "NeverFires", "BridgeGone", "Broken", "bridge:heap:sum");
        assertThat(result.missing()).containsExactly("Forgotten");
        assertThat(result.unhealthy()).containsExactly("Broken");
        assertThat(result.neverFiring()).containsExactly("NeverFires");
        assertThat(result.firing()).containsExactly("HeapHigh");
        assertThat(result.problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("Broken does not evaluate:")
                        .contains("many-to-many matching not allowed"));
    }

    @Test
    void aRuleThatWaitsForWhatHasNotHappenedYetIsQuietAndMayFire() {
        // Given
        scrapeTheBridge();
        load(List.of("bridge"), """
                groups:
                  - name: bridge
                    rules:
                      - alert: HeapOfAPodToCome
                        expr: sum(bridge_heap_bytes{pod="to-come"}) / sum(bridge_heap_bytes) > 0.5
                """);
        var input = new RulesInput(null, List.of("HeapOfAPodToCome"), null);

        // When
        var result = eventually(() -> actions.rules(STEP, input));

        // Then
        assertThat(result.quiet()).containsExactly("HeapOfAPodToCome");
        assertThat(result.neverFiring()).isEmpty();
        assertThat(result.problems()).isEmpty();
        assertThat(result.summary()).isEqualTo("1 of 1 rules loaded, healthy, able to fire; quiet: HeapOfAPodToCome");
    }

    @Test
    void aReloadBringsTheJobAndItsUndoTakesItAway() {
        // Given
        world.expose("bridge", "127.0.0.1:1", true, bridge());
        var input = new ReloadInput(null, "bridge", null, null);
        var before = actions.reloadBefore(STEP, input);
        world.write(List.of("bridge"), NO_RULES);

        // When
        var result = actions.reload(STEP, input, before);
        var again = actions.reload(STEP, input, before);
        world.write(List.of(), NO_RULES);
        var undone = actions.undoReload(STEP, input, before, null);
        var undoneAgain = actions.undoReload(STEP, input, before, result);

        // Then
        assertThat(result.changed()).isTrue();
        assertThat(result.jobs()).isEqualTo(1);
        assertThat(again.digest()).isEqualTo(result.digest());
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(undoneAgain.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void aReloadWaitsForFilesThatAreLate() {
        // Given
        var input = new ReloadInput(null, null, List.of("HeapHigh"), null);
        var before = actions.reloadBefore(STEP, input);

        // When
        var failure = failure(() -> actions.reload(STEP, input, before));
        world.write(List.of(), RULES);
        var result = actions.reload(STEP, input, before);

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.PENDING);
        assertThat(failure.getOriginalMessage()).contains("rule 'HeapHigh' is not there");
        assertThat(result.rules()).isEqualTo(5);
    }

    @Test
    void theUndoOfAReloadWaitsForTheFilesAndLeavesOthersChangesAlone() {
        // Given
        var input = new ReloadInput(null, "bridge", null, null);
        var before = actions.reloadBefore(STEP, input);
        world.write(List.of("bridge"), NO_RULES);
        var result = actions.reload(STEP, input, before);

        // When
        var tooEarly = failure(() -> actions.undoReload(STEP, input, before, result));
        world.write(List.of("bridge", "someone-elses"), NO_RULES);
        var foreign = actions.undoReload(STEP, input, before, result);

        // Then
        assertThat(tooEarly.getType()).isEqualTo(Failures.PENDING);
        assertThat(foreign.outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aConfigurationThatIsRejectedFailsAndTheFormerStaysLoaded() {
        // Given
        var input = new ReloadInput(null, "bridge", null, null);
        var before = actions.reloadBefore(STEP, input);
        world.writeNonsense();

        // When
        var failure = failure(() -> actions.reload(STEP, input, before));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure.getOriginalMessage()).contains("rejected its configuration");
        assertThat(actions.reloadBefore(STEP, input)).isEqualTo(before);
    }

    private static List<Series> bridge() {
        return List.of(
                Series.of("bridge_heap_bytes", Map.of("pod", "a"), at -> 100),
                Series.of("bridge_heap_bytes", Map.of("pod", "b"), at -> 40),
                Series.of("bridge_webhooks_total", Map.of(), at -> (at.toEpochMilli() - 1_700_000_000_000L) / 500.0));
    }

    private void scrapeTheBridge() {
        world.expose("bridge", "127.0.0.1:1", true, bridge());
        load(List.of("bridge"), NO_RULES);
        world.pass(world.interval().multipliedBy(3));
    }

    private void load(List<String> jobs, String rules) {
        ReloadInput input = new ReloadInput(null, null, null, false);
        var before = actions.reloadBefore(STEP, input);
        world.write(jobs, rules);
        actions.reload(STEP, input, before);
    }

    /** Tries again while the action says that it is not there yet, as a worker would. */
    private <R> R eventually(Supplier<R> action) {
        for (int attempt = 0; attempt < 20; attempt++) {
            try {
                return action.get();
            } catch (ApplicationFailure failure) {
                if (!failure.getType().equals(Failures.PENDING)) {
                    throw failure;
                }
                world.pass(world.interval());
            }
        }
        return action.get();
    }

    private String window(int intervals) {
        return world.interval().multipliedBy(intervals).toSeconds() + "s";
    }

    private double value(String query) {
        return query(query).value();
    }

    private double valueAt(String query, Instant time) {
        return actions.query(STEP, new QueryInput(null, query, time, null, null, null, null, null))
                .value();
    }

    private QueryResult query(String query) {
        return actions.query(STEP, QueryInput.of(query));
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        return catchThrowableOfType(ApplicationFailure.class, action);
    }
}
