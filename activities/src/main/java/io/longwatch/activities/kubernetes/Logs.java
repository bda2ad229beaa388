package io.longwatch.activities.kubernetes;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.actions.kubernetes.LogsResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the logs of pods line by line and counts. */
final class Logs {
    private static final int MOST_NAMED = 3;
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final LogsInput input;
    private final Instant from;
    private final LineCount count;

    Logs(Cluster cluster, ActionContext context, LogsInput input) {
        this.cluster = cluster;
        this.input = input;
        this.from = input.from(context.clock().instant());
        this.count = new LineCount(input.compiled(), context.invocation());
    }

    LogsResult run() {
        String namespace = cluster.namespace(input.namespace());
        List<Pod> pods = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabelSelector(input.selector())
                .list()
                .getItems();
        if (pods.isEmpty()) {
            throw Failures.notFound("no pod matches '" + input.selector() + "' in namespace '" + namespace
                    + "', so there is no log to read");
        }
        checkContainer(pods);
        PodLog log = new PodLog(cluster.client(), namespace, from);
        List<PodReading> there = new ArrayList<>();
        for (Pod pod : pods) {
            PodReading reading = new PodReading(pod, log, from, count);
            if (readIfThere(reading)) {
                there.add(reading);
            }
        }
        return result(there);
    }

    /** A name that no pod knows would else be a log without lines. */
    private void checkContainer(List<Pod> pods) {
        String wanted = input.container();
        SortedSet<String> names =
                pods.stream().flatMap(Logs::containers).map(Container::getName).collect(toCollection(TreeSet::new));
        if (wanted != null && !names.contains(wanted)) {
            throw Failures.notFound("no pod of '" + input.selector() + "' has a container '" + wanted + "'; they have "
                    + String.join(", ", names));
        }
    }

    private static Stream<Container> containers(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }

    /** A pod may go between the list and its log, and its log with it. */
    private boolean readIfThere(PodReading pod) {
        try {
            pod.read(input);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
            return false;
        }
    }

    private LogsResult result(List<PodReading> there) {
        int read = (int) there.stream().filter(PodReading::isRead).count();
        if (read == 0) {
            throw Failures.pending(
                    there.isEmpty()
                            ? "every pod of '" + input.selector() + "' went while its log was asked for"
                            : "none of the " + there.size() + " pods of '" + input.selector()
                                    + "' has a log to read: no container has started",
                    AGAIN);
        }
        List<String> lacking = there.stream()
                .filter(pod -> !pod.isComplete())
                .map(PodReading::name)
                .toList();
        return new LogsResult(
                count.matches(),
                count.lines(),
                read,
                !lacking.isEmpty(),
                count.sample(),
                count.matches() + " of " + count.lines() + " lines match in " + read + " pods since " + from
                        + missing(lacking));
    }

    private static String missing(List<String> pods) {
        if (pods.isEmpty()) {
            return "";
        }
        String named = pods.stream().limit(MOST_NAMED).collect(joining(", "));
        int more = pods.size() - MOST_NAMED;
        return "; lines may be missing, nodes no longer have the whole logs of " + named
                + (more > 0 ? " and " + more + " more" : "");
    }
}
