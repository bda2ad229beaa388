package io.longwatch.worker;

import io.longwatch.contract.UndoResult;
import io.longwatch.release.ReleaseState;
import io.longwatch.soak.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What Longwatch measures of its work. No label names a release, so that the number of series does not grow with that of
 * releases. All of an environment's series begin at zero when a worker that serves it starts.
 */
final class Meters {
    private static final String ENVIRONMENT = "environment";
    private static final Duration[] LATENESS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    /** How a look counts, by the worst that its checks measured. */
    enum Look {
        PASSED,
        INCONCLUSIVE,
        /** A provider failed. */
        ERROR,
        FAILED,
        /** Taken later, by a query that looks back. */
        BACKFILLED,
        /** Nobody looked, and nothing can tell. */
        MISSED
    }

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Begins an environment's series. */
    void begin(String environment) {
        Arrays.stream(Look.values()).forEach(result -> looks(environment, result));
        Arrays.stream(Verdict.values()).forEach(verdict -> verdicts(environment, verdict));
        Arrays.stream(UndoResult.Outcome.values()).forEach(outcome -> undos(environment, word(outcome)));
        undos(environment, "failed");
        Arrays.stream(ReleaseState.values())
                .filter(ReleaseState::ended)
                .forEach(state -> ends(environment, state.name()));
        lateness(environment);
    }

    /** Counts looks. */
    void looked(String environment, Look result, int count) {
        if (count > 0) {
            looks(environment, result).increment(count);
        }
    }

    /** Records how late a look was. */
    void late(String environment, Duration by) {
        lateness(environment).record(by.isNegative() ? Duration.ZERO : by);
    }

    /** Counts a window's verdict. */
    void judged(String environment, Verdict verdict) {
        verdicts(environment, verdict).increment();
    }

    /** Counts an undo that said what became of its effect. */
    void undone(String environment, UndoResult.Outcome outcome) {
        undos(environment, word(outcome)).increment();
    }

    /** Counts an undo that failed for good. */
    void undoFailed(String environment) {
        undos(environment, "failed").increment();
    }

    /** Counts the end of a release. */
    void ended(String environment, ReleaseState state) {
        ends(environment, state.name()).increment();
    }

    /** A figure that is read when it is asked for. */
    void gauge(String name, String description, Supplier<Number> figure, String... tags) {
        Gauge.builder(name, figure).description(description).tags(tags).register(registry);
    }

    /** A count that something keeps, which has to live as long; read when it is asked for. */
    <T> void count(String name, String description, T kept, ToDoubleFunction<T> count) {
        FunctionCounter.builder(name, kept, count).description(description).register(registry);
    }

    private Counter looks(String environment, Look result) {
        return Counter.builder(MetricNames.LOOKS)
                .description("Looks at soak windows, by the worst that their checks measured")
                .tags(ENVIRONMENT, environment, "result", word(result))
                .register(registry);
    }

    private Timer lateness(String environment) {
        return Timer.builder(MetricNames.LOOK_LATENESS)
                .description("How long after its due time a look began")
                .tags(ENVIRONMENT, environment)
                .serviceLevelObjectives(LATENESS)
                .register(registry);
    }

    private Counter verdicts(String environment, Verdict verdict) {
        return Counter.builder(MetricNames.WINDOW_VERDICTS)
                .description("Verdicts of soak windows")
                .tags(ENVIRONMENT, environment, "verdict", word(verdict))
                .register(registry);
    }

    private Counter undos(String environment, String outcome) {
        return Counter.builder(MetricNames.UNDOS)
                .description("Effects that a rollback took back, or could not")
                .tags(ENVIRONMENT, environment, "outcome", outcome)
                .register(registry);
    }

    private Counter ends(String environment, String state) {
        return Counter.builder(MetricNames.RELEASES_ENDED)
                .description("Releases that ended, by their last state")
                .tags(ENVIRONMENT, environment, "state", state)
                .register(registry);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
