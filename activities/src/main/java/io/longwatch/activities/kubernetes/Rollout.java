package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a rollout is, as kubectl rollout status tells it. */
final class Rollout {
    private Rollout() {}

    /** Whether the status is about the present spec. */
    static boolean isObserved(Deployment deployment) {
        Long generation = deployment.getMetadata().getGeneration();
        DeploymentStatus status = deployment.getStatus();
        return generation == null
                || (status != null
                        && status.getObservedGeneration() != null
                        && status.getObservedGeneration() >= generation);
    }

    /** Until its controller has caught up, a Deployment shows the revision it was at, or none, and no way back to this one. */
    static void awaitObserved(Deployment deployment) {
        if (!isObserved(deployment)) {
            throw Failures.pending(
                    "the Deployment controller has not yet seen the last change of Deployment "
                            + deployment.getMetadata().getName(),
                    Duration.ofSeconds(1));
        }
    }

    static boolean isPastDeadline(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        return isObserved(deployment)
                && status != null
                && status.getConditions().stream()
                        .anyMatch(condition -> "Progressing".equals(condition.getType())
                                && "ProgressDeadlineExceeded".equals(condition.getReason()));
    }

    /** What is still missing; nothing when it is complete. */
    static Optional<String> missing(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        if (status == null || !isObserved(deployment)) {
            return Optional.of("the Deployment controller has not seen the change yet");
        }
        int wished = Deployments.replicas(deployment);
        int updated = number(status.getUpdatedReplicas());
        int total = number(status.getReplicas());
        int available = number(status.getAvailableReplicas());
        if (updated < wished) {
            return Optional.of(updated + " of " + wished + " new replicas are made");
        }
        if (total > updated) {
            return Optional.of((total - updated) + " old replicas still run");
        }
        return available < updated
                ? Optional.of(available + " of " + updated + " new replicas are available")
                : Optional.empty();
    }

    static int number(@Nullable Integer count) {
        return Objects.requireNonNullElse(count, 0);
    }
}
