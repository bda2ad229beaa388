package io.longwatch.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.release.ReleaseState;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, every half minute, the running releases of this worker's environments by their state, and looks after their
 * looks. Every worker counts for itself and finds the same. A server that cannot count, or does not know the search
 * attributes, costs these figures and nothing else.
 */
final class Census implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Census.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration AGED = EVERY.multipliedBy(4);
    private static final int SECONDS_TO_ANSWER = 10;
    private static final List<ReleaseState> RUNNING =
            Arrays.stream(ReleaseState.values()).filter(state -> !state.ended()).toList();

    private final WorkflowClient client;
    private final Set<String> environments;
    private final Vigil vigil;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "longwatch-census");
        made.setDaemon(true);
        return made;
    });
    private volatile Instant taken = Instant.EPOCH;
    private boolean warned;
    private @Nullable Future<?> round;

    Census(WorkflowClient client, Set<String> environments, Meters meters) {
        this.client = client;
        this.environments = new TreeSet<>(environments);
        this.vigil = new Vigil(client);
        this.environments.forEach(environment -> show(environment, meters));
    }

    private void show(String environment, Meters meters) {
        RUNNING.forEach(state -> meters.gauge(
                "longwatch.releases",
                "Running releases, by state",
                () -> fresh(counts.get(environment + "/" + state)),
                "environment",
                environment,
                "state",
                state.name()));
        meters.gauge(
                "longwatch.windows.open",
                "Soak windows that are being watched",
                () -> fresh(vigil.open(environment)),
                "environment",
                environment);
        meters.gauge(
                "longwatch.windows.unwatched",
                "Soak windows at which nobody has looked for three intervals",
                () -> fresh(vigil.unwatched(environment)),
                "environment",
                environment);
    }

    /** A figure that is old is none. */
    private Number fresh(@Nullable Long figure) {
        boolean aged = taken.plus(AGED).isBefore(Clock.systemUTC().instant());
        return figure == null || aged ? Double.NaN : figure;
    }

    void start() {
        round = thread.scheduleWithFixedDelay(this::take, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void take() {
        try {
            for (String environment : environments) {
                RUNNING.forEach(state -> counts.put(environment + "/" + state, count(environment, state)));
                vigil.look(environment);
            }
            taken = Clock.systemUTC().instant();
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

    private long count(String environment, ReleaseState state) {
        String query = running(environment) + " AND ReleaseStatus = '" + state + "'";
        return stub(client)
                .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setQuery(query)
                        .build())
                .getCount();
    }

    /** Running releases of an environment, as the server's visibility is asked for them. */
    static String running(String environment) {
        return "WorkflowType = 'Release' AND ExecutionStatus = 'Running' AND ReleaseEnv = '"
                + environment.replace("'", "") + "'";
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
