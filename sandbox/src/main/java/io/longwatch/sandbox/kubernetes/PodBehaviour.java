package io.longwatch.sandbox.kubernetes;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a container behaves after its pod was created.
 *
 * @param readyAfter time from the pod's creation, or from a death, to readiness
 * @param trouble what keeps it from becoming ready, if anything
 * @param deaths instants at which it dies and is started again
 * @param logs what it writes
 * @param addresses loopback addresses at which its ports are really served, by container port
 */
public record PodBehaviour(
        Duration readyAfter,
        Optional<Trouble> trouble,
        List<Death> deaths,
        LogSource logs,
        Map<Integer, InetSocketAddress> addresses) {
    public PodBehaviour {
        if (readyAfter.isNegative()) {
            throw new IllegalArgumentException("readyAfter " + readyAfter + " is negative; give zero or more");
        }
        deaths = List.copyOf(deaths);
        addresses = Map.copyOf(addresses);
    }

    /** Becomes ready after a time and stays so, silently. */
    public static PodBehaviour readyAfter(Duration time) {
        return new PodBehaviour(time, Optional.empty(), List.of(), LogSource.SILENT, Map.of());
    }

    /** Never becomes ready. */
    public static PodBehaviour neverReady(Trouble trouble) {
        return new PodBehaviour(Duration.ZERO, Optional.of(trouble), List.of(), LogSource.SILENT, Map.of());
    }

    public PodBehaviour dyingAt(Instant instant, int exitCode, String reason) {
        List<Death> more = new ArrayList<>(deaths);
        more.add(new Death(instant, exitCode, reason));
        return new PodBehaviour(readyAfter, trouble, more, logs, addresses);
    }

    public PodBehaviour writing(LogSource source) {
        return new PodBehaviour(readyAfter, trouble, deaths, source, addresses);
    }

    public PodBehaviour servedAt(int containerPort, InetSocketAddress address) {
        Map<Integer, InetSocketAddress> more = new HashMap<>(addresses);
        more.put(containerPort, address);
        return new PodBehaviour(readyAfter, trouble, deaths, logs, more);
    }

    /** What keeps a container from becoming ready. */
    public sealed interface Trouble {}

    /** Its image cannot be pulled: ErrImagePull, then ImagePullBackOff. */
    public record ImagePullFails(String message) implements Trouble {}

    /** It exits some time after each start: CrashLoopBackOff, with more restarts as time passes. */
    public record Crashes(int exitCode, Duration after) implements Trouble {}

    /** It runs, but its readiness probe is answered with this HTTP status. */
    public record ProbeFails(int httpStatus) implements Trouble {}

    /** No node takes the pod. */
    public record Unschedulable(String message) implements Trouble {}

    /**
     * A container's end.
     *
     * @param at when
     * @param exitCode exit code
     * @param reason "Error", "OOMKilled"
     */
    public record Death(Instant at, int exitCode, String reason) {}
}
