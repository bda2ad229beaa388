package io.longwatch.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, every half minute, the running releases of this worker's environments by their state, and looks after their
 * looks. Every worker counts for itself and finds the same. A server that cannot count, or does not know the search
 * attributes, costs these figures and nothing else.
 */
final class ReleaseGauges implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReleaseGauges.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AGED = EVERY.multipliedBy(4);
    private static final int SECONDS_TO_ANSWER = 10;
    private static final String UNLISTED = "unlisted";
    private static final String RELEASES =
            "WorkflowType = '" + ReleaseWorkflow.TYPE + "' AND ExecutionStatus = 'Running'";
    private static final List<ReleaseState> RUNNING =
            Arrays.stream(ReleaseState.values()).filter(state -> !state.ended()).toList();

    private final WorkflowClient client;
    private final Clock clock;
    private final Set<String> environments;
    private final SoakWatchdog watchdog;
    private final Map<String, Figure> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "longwatch-gauges");
        made.setDaemon(true);
        return made;
    });
    private boolean warned;
    private @Nullable Future<?> round;

    /** A figure and when it was found. */
    private record Figure(long value, Instant at) {}

    /**
     * The gauges of some environments.
     *
     * @param clock the server's time
     */
    ReleaseGauges(WorkflowClient client, Set<String> environments, Meters meters, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.environments = new TreeSet<>(environments);
        this.watchdog = new SoakWatchdog(client, clock);
        meters.gauge(
                MetricNames.RELEASES_UNLISTED,
                "Running releases without search attributes, whose soak windows are not checked for being watched",
                () -> fresh(counts.get(UNLISTED)));
        this.environments.forEach(environment -> show(environment, meters));
    }

    private void show(String environment, Meters meters) {
        RUNNING.forEach(state -> meters.gauge(
                MetricNames.RELEASES,
                "Running releases, by state",
                () -> fresh(counts.get(key(environment, state))),
                "environment",
                environment,
                "state",
                state.name()));
        meters.gauge(
                MetricNames.WINDOWS_OPEN,
                "Soak windows that are being watched",
                () -> fresh(windows(environment, WatchedReleases.Found::open)),
                "environment",
                environment);
        meters.gauge(
                MetricNames.WINDOWS_UNWATCHED,
                "Soak windows at which nobody has looked for three intervals",
                () -> fresh(windows(environment, WatchedReleases.Found::unwatched)),
                "environment",
                environment);
    }

    private @Nullable Figure windows(String environment, ToLongFunction<WatchedReleases.Found> figure) {
        return watchdog.found(environment)
                .map(found -> new Figure(figure.applyAsLong(found), found.at()))
                .orElse(null);
    }

    /** A figure that is old is none. */
    private Number fresh(@Nullable Figure figure) {
        boolean aged = figure == null || figure.at().plus(AGED).isBefore(clock.instant());
        return figure == null || aged ? Double.NaN : figure.value();
    }

    private static String key(String environment, ReleaseState state) {
        return environment + "/" + state;
    }

    void start() {
        round = thread.scheduleWithFixedDelay(this::take, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Counts once. */
    void take() {
        try {
            counts.put(UNLISTED, new Figure(unlisted(), clock.instant()));
            for (String environment : environments) {
                for (ReleaseState state : RUNNING) {
                    String query = running(environment) + " AND ReleaseStatus = '" + state + "'";
                    counts.put(key(environment, state), new Figure(count(query), clock.instant()));
                }
                watchdog.look(environment);
            }
        } catch (StatusRuntimeException e) {
            lacking(e.getStatus());
        } catch (RuntimeException e) {
            // Left to itself the schedule would end without a word.
            LOGGER.atWarn().setCause(e).log("releases could not be counted");
        }
    }

    private void lacking(Status status) {
        switch (status.getCode()) {
            case UNIMPLEMENTED -> thread.shutdown();
            case INVALID_ARGUMENT -> {
                if (!warned) {
                    warned = true;
                    LOGGER.atWarn()
                            .log("releases cannot be counted: the namespace lacks their search attributes; run"
                                    + " longwatch doctor --fix");
                }
            }
            default -> LOGGER.atDebug().addKeyValue("status", status.getCode()).log("releases could not be counted");
        }
    }

    /** Running releases that no environment's query finds: all of them, where the namespace lacks the attributes. */
    private long unlisted() {
        try {
            return count(RELEASES + " AND ReleaseEnv IS NULL");
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
                return count(RELEASES);
            }
            throw e;
        }
    }

    private long count(String query) {
        return stub(client)
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(query)
                        .build())
                .getCount();
    }

    /** Running releases of an environment, as the server's visibility is asked for them. */
    static String running(String environment) {
        return RELEASES + " AND ReleaseEnv = '" + environment.replace("'", "") + "'";
    }

    static WorkflowServiceBlockingStub stub(WorkflowClient client) {
        return client.getWorkflowServiceStubs().blockingStub().withDeadlineAfter(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (round != null) {
            round.cancel(true);
        }
        thread.shutdownNow();
    }
}
