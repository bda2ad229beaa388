package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Picks a pod to talk to: ready, not going away, the youngest of them. */
final class PodChoice {
    private PodChoice() {}

    static Pod ready(String target, List<Pod> pods) {
        return pods.stream()
                .filter(PodChoice::isReady)
                .max(Comparator.comparing(PodChoice::created))
                .orElseThrow(() -> Failures.pending(
                        "none of the " + pods.size() + " pods of " + target + " is ready", Duration.ofSeconds(5)));
    }

    static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static String created(Pod pod) {
        String created = pod.getMetadata().getCreationTimestamp();
        return created == null ? "" : created;
    }
}
