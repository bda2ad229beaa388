package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.kubernetes.RolloutStatusResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.Failures;
import io.longwatch.plan.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for a rollout to be complete and to stay so; since when, is carried from attempt to attempt. */
final class RolloutStatus {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final ActionContext context;

    RolloutStatus(Cluster cluster, ActionContext context) {
        this.cluster = cluster;
        this.context = context;
    }

    /**
     * What the last attempts saw.
     *
     * @param since when it was first seen complete like this; absent while it is not
     * @param state revision, replicas and restarts, which must stay
     */
    record Held(@Nullable Instant since, String state) {}

    RolloutStatusResult run(RolloutStatusInput input) {
        Deployments deployments = new Deployments(cluster, input.namespace());
        Deployment live = deployments.get(input.deployment());
        List<ReplicaSet> sets = deployments.replicaSets(live);
        List<Pod> pods = deployments.pods(live);
        refuseChangedBack(input, live, sets);
        Optional<String> missing = Rollout.missing(live);
        if (missing.isPresent()) {
            throw incomplete(live, missing.get() + deployments.reasons().inWords(live, sets, pods));
        }
        int restarts = restarts(pods);
        return result(live, restarts, held(input, live, restarts));
    }

    private RuntimeException incomplete(Deployment live, String why) {
        context.invocation().heartbeat(new Held(null, why));
        return Rollout.isPastDeadline(live)
                ? Failures.unexpected(
                        "Deployment " + live.getMetadata().getName() + " passed its progress deadline: " + why)
                : Failures.pending(why, AGAIN);
    }

    private Duration held(RolloutStatusInput input, Deployment live, int restarts) {
        String state = Deployments.revision(live) + "/" + Deployments.replicas(live) + "/" + restarts;
        Instant now = context.clock().instant();
        Instant since = context.invocation()
                .lastHeartbeat(Held.class)
                .filter(held -> held.state().equals(state))
                .map(Held::since)
                .orElse(now);
        context.invocation().heartbeat(new Held(since, state));
        Duration held = Duration.between(since, now);
        Duration left = input.stableForOrDefault().minus(held);
        if (left.isNegative() || left.isZero() || context.invocation().once()) {
            return held;
        }
        throw Failures.pending(
                "complete, " + Deployments.replicas(live) + " replicas ready; held for " + seconds(held) + " of "
                        + Durations.format(input.stableForOrDefault()),
                Durations.min(left, AGAIN));
    }

    private static void refuseChangedBack(RolloutStatusInput input, Deployment live, List<ReplicaSet> sets) {
        String who = ManagedFields.lastWriter(Trees.of(live))
                .map(writer -> "; last changed by " + writer)
                .orElse("");
        String name = "Deployment " + live.getMetadata().getName();
        List<String> images = Deployments.images(live);
        if (input.image() != null && !images.contains(input.image())) {
            throw Failures.unexpected(
                    name + " asks for image " + String.join(", ", images) + ", not " + input.image() + who);
        }
        Long expected = input.revision();
        if (expected != null && Rollout.isObserved(live) && !isRevision(expected, live, sets)) {
            throw Failures.unexpected(
                    name + " is at revision " + Deployments.revision(live) + ", not " + expected + who);
        }
    }

    /** A revision that was gone back to has a new number, and keeps the old one in its ReplicaSet's history. */
    private static boolean isRevision(long expected, Deployment live, List<ReplicaSet> sets) {
        return Objects.equals(Deployments.revision(live), expected)
                || Deployments.newest(sets)
                        .filter(set -> Deployments.wasRevision(set, expected))
                        .isPresent();
    }

    private static int restarts(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(ContainerStatus::getRestartCount)
                .mapToInt(Rollout::number)
                .sum();
    }

    private static RolloutStatusResult result(Deployment live, int restarts, Duration held) {
        int ready = Rollout.number(live.getStatus().getReadyReplicas());
        int wished = Deployments.replicas(live);
        Long revision = Deployments.revision(live);
        return new RolloutStatusResult(
                revision,
                Deployments.images(live),
                ready,
                wished,
                restarts,
                held.toSeconds(),
                ManagedFields.changedSince(Trees.of(live)).orElse(null),
                ready + " of " + wished + " replicas ready, revision " + revision + ", image "
                        + Deployments.imagesInWords(live) + ", held for " + seconds(held));
    }

    private static String seconds(Duration held) {
        return Durations.format(held.truncatedTo(ChronoUnit.SECONDS));
    }
}
