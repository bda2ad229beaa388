package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why the pods of a rollout are not there, in words, read from the objects alone. */
final class RolloutReasons {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private RolloutReasons() {}

    /** The first few reasons as ": reason, reason", or nothing. */
    static String inWords(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
        Set<String> reasons = of(deployment, sets, pods);
        return reasons.isEmpty()
                ? ""
                : ": " + String.join(", ", reasons.stream().limit(MOST).toList());
    }

    static Set<String> of(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
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

    private static void failures(ReplicaSet set, Set<String> reasons) {
        if (set.getStatus() != null) {
            set.getStatus().getConditions().stream()
                    .filter(condition ->
                            "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                    .forEach(condition -> reasons.add("pods cannot be made: " + cut(condition.getMessage())));
        }
    }

    static Optional<String> ofPod(Pod pod) {
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
                                status.getInitContainerStatuses().stream().map(RolloutReasons::ofInit),
                                status.getContainerStatuses().stream().map(RolloutReasons::ofContainer))
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
    private static Optional<String> ofInit(ContainerStatus container) {
        if (Boolean.TRUE.equals(container.getStarted())) {
            return Optional.empty();
        }
        boolean runs = container.getState() != null && container.getState().getRunning() != null;
        return runs ? Optional.of("waits for init container " + container.getName()) : ofContainer(container);
    }

    private static Optional<String> ofContainer(ContainerStatus container) {
        ContainerState state = container.getState();
        if (state != null && state.getWaiting() != null) {
            return waiting(
                    container,
                    state.getWaiting().getReason(),
                    state.getWaiting().getMessage());
        }
        if (state != null && state.getTerminated() != null) {
            ContainerStateTerminated end = state.getTerminated();
            return end.getExitCode() == 0 ? Optional.empty() : Optional.of("ended" + exit(container, end));
        }
        return Boolean.TRUE.equals(container.getReady())
                ? Optional.empty()
                : Optional.of("runs but is not ready: the readiness probe of container " + container.getName()
                        + " has not succeeded" + restarts(container));
    }

    private static Optional<String> waiting(
            ContainerStatus container, @Nullable String reason, @Nullable String message) {
        String what = reason == null ? "" : reason;
        return Optional.of(
                switch (what) {
                    case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
                        "cannot pull image " + container.getImage() + " (" + what + words(message) + ")";
                    case "CrashLoopBackOff" -> "crashes again and again" + lastExit(container);
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
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }
}
