package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.actions.kubernetes.LogsResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.text.Masking;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the logs of pods line by line and counts; keeps nothing but a few masked lines. */
final class Logs {
    private static final int SAMPLE = 5;
    private static final int LONGEST_SHOWN = 200;
    private static final int LINES_PER_HEARTBEAT = 10_000;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final ActionContext context;
    private final LogsInput input;
    private final Pattern pattern;
    private final Instant from;
    private final List<String> sample = new ArrayList<>();
    private long lines;
    private long matches;

    Logs(Cluster cluster, ActionContext context, LogsInput input) {
        this.cluster = cluster;
        this.context = context;
        this.input = input;
        this.pattern = input.compiled();
        this.from = input.from(context.clock().instant());
    }

    LogsResult run() {
        List<Pod> pods = cluster.client()
                .pods()
                .inNamespace(cluster.namespace(input.namespace()))
                .withLabelSelector(input.selector())
                .list()
                .getItems();
        if (pods.isEmpty()) {
            throw Failures.notFound("no pod matches '" + input.selector() + "' in namespace '"
                    + cluster.namespace(input.namespace()) + "', so there is no log to read");
        }
        int read = 0;
        for (Pod pod : pods) {
            read += readIfThere(pod) ? 1 : 0;
        }
        if (read == 0) {
            throw Failures.pending("every pod of '" + input.selector() + "' went while its log was asked for", AGAIN);
        }
        return new LogsResult(
                matches,
                lines,
                read,
                sample,
                matches + " of " + lines + " lines match in " + read + " pods since " + from);
    }

    /** A pod may go between the list and its log, and its log with it. */
    private boolean readIfThere(Pod pod) {
        try {
            read(pod);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
            return false;
        }
    }

    private void read(Pod pod) {
        if (pod.getStatus() == null) {
            return;
        }
        for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
            boolean wanted = input.container() == null || input.container().equals(status.getName());
            boolean started = status.getState() == null || status.getState().getWaiting() == null;
            if (wanted && started) {
                countPresent(pod, status);
            }
            if (wanted && input.withPrevious() && Rollout.number(status.getRestartCount()) > 0) {
                countPrevious(pod, status);
            }
        }
    }

    /** A container that is being made once more since the list has no log yet, which the server answers with 400. */
    private void countPresent(Pod pod, ContainerStatus status) {
        try {
            count(pod, status, false);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 400) {
                throw e;
            }
            throw Failures.pending(
                    "container " + status.getName() + " of pod "
                            + pod.getMetadata().getName() + " has not started again yet",
                    AGAIN);
        }
    }

    /** The node may have thrown the former container's log away, which the server answers with 400. */
    private void countPrevious(Pod pod, ContainerStatus status) {
        try {
            count(pod, status, true);
        } catch (KubernetesClientException e) {
            if (e.getCode() != 400 && e.getCode() != 404) {
                throw e;
            }
        }
    }

    private void count(Pod pod, ContainerStatus status, boolean previous) {
        PodLog log = new PodLog(cluster.client(), pod.getMetadata().getNamespace(), from);
        log.read(pod.getMetadata().getName(), status.getName(), previous, this::count);
    }

    private void count(String line) {
        lines++;
        if (lines % LINES_PER_HEARTBEAT == 0) {
            context.invocation().heartbeat(lines + " lines read");
        }
        if (pattern.matcher(line).find()) {
            matches++;
            if (sample.size() < SAMPLE) {
                sample.add(shown(line));
            }
        }
    }

    private static String shown(String line) {
        String masked = Masking.mask(line);
        return Bounded.cut(masked, LONGEST_SHOWN);
    }
}
