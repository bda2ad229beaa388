package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads what the containers of a pod have written since an instant, and knows whether that is all. */
final class PodReading {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Pod pod;
    private final PodLog log;
    private final Instant from;
    private final Consumer<String> line;
    private boolean anyRead;
    private boolean complete = true;

    PodReading(Pod pod, PodLog log, Instant from, Consumer<String> line) {
        this.pod = pod;
        this.log = log;
        this.from = from.truncatedTo(ChronoUnit.SECONDS);
        this.line = line;
    }

    String name() {
        return pod.getMetadata().getName();
    }

    /** Whether there was a log to read, be it an empty one. */
    boolean isRead() {
        return anyRead;
    }

    /** Whether nothing is known to be missing. */
    boolean isComplete() {
        return complete;
    }

    void read(LogsInput input) {
        String wanted = input.container();
        for (ContainerStatus status : statuses()) {
            if (wanted == null || wanted.equals(status.getName())) {
                readRuns(status, input.withPrevious());
            }
        }
    }

    /** In the order in which they run: init containers and sidecars, then the others. */
    private List<ContainerStatus> statuses() {
        PodStatus status = pod.getStatus();
        return status == null
                ? List.of()
                : Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
                        .toList();
    }

    private void readRuns(ContainerStatus status, boolean withPrevious) {
        ContainerRun present = ContainerRun.of(status.getState());
        if (status.getState() == null || status.getState().getWaiting() == null) {
            readPresent(status.getName(), present);
        }
        ContainerRun former = ContainerRun.of(status.getLastState());
        int restarts = Rollout.number(status.getRestartCount());
        if (withPrevious && restarts > 0 && !present.hasBegunBy(from) && !former.hasEndedBefore(from)) {
            readFormer(status.getName(), former, restarts);
        }
    }

    /** A container that is being made once more since the list has no log yet, which the server answers with 400. */
    private void readPresent(String container, ContainerRun run) {
        try {
            readRun(container, false, run);
        } catch (KubernetesClientException e) {
            if (e.getCode() != BAD_REQUEST) {
                throw e;
            }
            if (!run.hasEnded()) {
                throw Failures.pending(
                        "container " + container + " of pod " + name() + " has not started again yet", AGAIN);
            }
            complete &= run.hasEndedBefore(from);
        }
    }

    /**
     * The node keeps the log of one former run, and may have thrown that away as well, which the server answers with
     * 400.
     */
    private void readFormer(String container, ContainerRun run, int restarts) {
        complete &= restarts == 1 || run.hasBegunBy(from);
        try {
            readRun(container, true, run);
        } catch (KubernetesClientException e) {
            if (e.getCode() != BAD_REQUEST && e.getCode() != NOT_FOUND) {
                throw e;
            }
            complete = false;
        }
    }

    /** Looks for the beginning last: a file that is full meanwhile would take it away with lines not yet read. */
    private void readRun(String container, boolean previous, ContainerRun run) {
        log.read(name(), container, previous, line);
        anyRead = true;
        complete &= log.oldest(name(), container, previous)
                .map(oldest -> run.isToldFrom(oldest, from))
                .orElse(true);
    }
}
