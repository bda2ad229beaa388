package io.longwatch.worker;

import io.grpc.StatusRuntimeException;
import io.longwatch.worker.Polls.Place;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the process works, and whether it may be given work. A server that does not answer makes a worker unready, never
 * dead: a restart would not bring the server back.
 */
final class Health {
    private static final int SECONDS_TO_ANSWER = 2;

    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final Optional<Polls> polls;
    private final List<Place> places;
    private volatile boolean stopping;

    /**
     * The health of a worker.
     *
     * @param places where it polls
     */
    Health(WorkflowClient client, WorkerFactory factory, List<Place> places) {
        this.client = client;
        this.factory = factory;
        this.polls = Polls.of(client);
        this.places = List.copyOf(places);
    }

    /** From now on it is not ready. */
    void stop() {
        stopping = true;
    }

    /** Why the process should be replaced; nothing while it lives. */
    List<String> againstLiveness() {
        List<String> problems = new ArrayList<>();
        if (!stopping && factory.isShutdown()) {
            problems.add("the pollers have ended though nobody stopped the worker");
        }
        if (!stopping) {
            polls.ifPresent(watched -> places.stream()
                    .filter(watched::silent)
                    .forEach(place -> problems.add("nothing has polled for " + place + " for more than "
                            + Polls.SILENCE.toMinutes() + " min")));
        }
        return problems;
    }

    /** Why it should be given no work; nothing when it is ready. */
    List<String> againstReadiness() {
        if (stopping) {
            return List.of("stopping");
        }
        if (!factory.isStarted() || factory.isShutdown()) {
            return List.of("not polling");
        }
        List<String> problems = new ArrayList<>();
        serverProblem().ifPresent(problems::add);
        polls.ifPresent(watched -> places.stream()
                .filter(place -> !watched.begun(place))
                .forEach(place -> problems.add("not polling for " + place + " yet")));
        return problems;
    }

    private Optional<String> serverProblem() {
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(
                    "the Temporal server does not answer: " + e.getStatus().getCode());
        }
    }

    /** Whether it polls: what the metric tells. */
    double polling(Place place) {
        boolean running = factory.isStarted() && !factory.isShutdown() && !stopping;
        return running
                        && polls.map(watched -> watched.begun(place) && !watched.silent(place))
                                .orElse(true)
                ? 1
                : 0;
    }
}
