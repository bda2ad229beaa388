package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.longwatch.text.Bounded;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why the pods of a rollout are not there, in words: from the objects, and from what is warned of about them. */
final class RolloutReasons {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private final Warnings warnings;

    /** @param warnings what is asked where the objects alone do not say why */
    RolloutReasons(Warnings warnings) {
        this.warnings = warnings;
    }

    /** The first few reasons as ": reason, reason", or nothing. */
    String inWords(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
        Set<String> reasons = of(deployment, sets, pods);
        return reasons.isEmpty()
                ? ""
                : ": " + String.join(", ", reasons.stream().limit(MOST).toList());
    }

    Set<String> of(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
        Set<String> reasons = new LinkedHashSet<>();
        Optional<ReplicaSet> newest = Deployments.newest(sets);
        newest.ifPresent(set -> failures(set, reasons));
        pods.stream()
                .filter(pod -> newest.isEmpty() || isOf(pod, newest.get()))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(pod -> ofPod(pod).ifPresent(reasons::add));
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            reasons.add("the Deployment is paused");
        }
        return reasons;
    }

    private static boolean isOf(Pod pod, ReplicaSet set) {
        String hash = label(set.getMetadata().getLabels());
        return hash == null || hash.equals(label(pod.getMetadata().getLabels()));
    }

    private static @Nullable String label(java.util.@Nullable Map<String, String> labels) {
        return labels == null ? null : labels.get(Deployments.HASH);
    }

    private void failures(ReplicaSet set, Set<String> reasons) {
        if (set.getStatus() == null) {
            return;
        }
        List<String> conditions = set.getStatus().getConditions().stream()
                .filter(condition ->
                        "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .map(condition -> cut(condition.getMessage()))
                .toList();
        boolean lacking = Rollout.number(set.getStatus().getReplicas())
                < Rollout.number(set.getSpec().getReplicas());
        Stream<String> all = conditions.isEmpty() && lacking
                ? warnings.about(set, "FailedCreate").map(RolloutReasons::cut).stream()
                : conditions.stream();
        all.forEach(why -> reasons.add("pods cannot be made: " + why));
    }

    Optional<String> ofPod(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return Optional.empty();
        }
        String name = "pod " + pod.getMetadata().getName();
        if ("Failed".equals(status.getPhase())) {
            return Optional.of(name + " failed: " + status.getReason() + " " + cut(status.getMessage()));
        }
        return unscheduled(status)
                .or(() -> Stream.concat(
                                status.getInitContainerStatuses().stream().map(one -> ofInit(pod, one)),
                                status.getContainerStatuses().stream().map(one -> ofContainer(pod, one)))
                        .flatMap(Optional::stream)
                        .findFirst())
                .map(reason -> name + " " + reason);
    }

    private static Optional<String> unscheduled(PodStatus status) {
        return status.getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> "cannot be scheduled: " + cut(condition.getMessage()))
                .findFirst();
    }

    /** One that is started and goes on is a sidecar. */
    private Optional<String> ofInit(Pod pod, ContainerStatus container) {
        if (Boolean.TRUE.equals(container.getStarted())) {
            return Optional.empty();
        }
        boolean runs = container.getState() != null && container.getState().getRunning() != null;
        return runs ? Optional.of("waits for init container " + container.getName()) : ofContainer(pod, container);
    }

    private Optional<String> ofContainer(Pod pod, ContainerStatus container) {
        ContainerState state = container.getState();
        if (state != null && state.getWaiting() != null) {
            return waiting(
                    pod,
                    container,
                    state.getWaiting().getReason(),
                    state.getWaiting().getMessage());
        }
        if (state != null && state.getTerminated() != null) {
            ContainerStateTerminated end = state.getTerminated();
            return end.getExitCode() == 0 ? Optional.empty() : Optional.of("ended" + exit(container, end));
        }
        if (Boolean.TRUE.equals(container.getReady())) {
            return Optional.empty();
        }
        String probe = probe(pod);
        return Optional.of("runs but is not ready: "
                + (probe.isEmpty()
                        ? "the readiness probe of container " + container.getName() + " has not succeeded"
                        : "container " + container.getName() + probe)
                + restarts(container));
    }

    /** Which probe fails and how, as the node says it. */
    private String probe(Pod pod) {
        boolean alone = pod.getStatus().getContainerStatuses().size() == 1;
        return warnings.about(pod, "Unhealthy")
                .map(said -> (alone ? ": " : ", and of its pod: ") + cut(said.strip()))
                .orElse("");
    }

    private Optional<String> waiting(
            Pod pod, ContainerStatus container, @Nullable String reason, @Nullable String message) {
        String what = reason == null ? "" : reason;
        return Optional.of(
                switch (what) {
                    case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
                        "cannot pull image " + container.getImage() + " (" + what + words(message) + ")";
                    case "CrashLoopBackOff" -> "crashes again and again" + lastExit(container) + probe(pod);
                    case "ContainerCreating", "PodInitializing" -> "is starting (" + what + ")";
                    default -> "waits: " + what + words(message);
                });
    }

    private static String lastExit(ContainerStatus container) {
        ContainerState last = container.getLastState();
        return last == null || last.getTerminated() == null ? "" : exit(container, last.getTerminated());
    }

    private static String exit(ContainerStatus container, ContainerStateTerminated end) {
        String reason = end.getReason() == null ? "" : " " + end.getReason();
        return ": container " + container.getName() + " ended with exit code " + end.getExitCode() + reason
                + restarts(container);
    }

    private static String restarts(ContainerStatus container) {
        int count = Rollout.number(container.getRestartCount());
        return count == 0 ? "" : ", " + count + " restarts";
    }

    private static String words(@Nullable String message) {
        return message == null || message.isBlank() ? "" : ": " + cut(message);
    }

    private static String cut(@Nullable String text) {
        String words = text == null ? "" : text;
        return Bounded.cut(words, LONGEST);
    }
}
