package io.longwatch.system.release;

import io.longwatch.release.ReleaseRequest;
import io.longwatch.soak.CheckProgress;
import io.longwatch.soak.WindowProgress;
import io.longwatch.starter.temporal.Connection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What the Temporal server says of a site's release, also while no worker answers. */
final class Looking {
    private static final String WATCH = "soak.watch";
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Connection temporal;

    Looking(Site site) {
        this.temporal = site.temporal();
    }

    /** Waits until a worker is at an action. */
    void awaitAttempt(String action, Duration patience) {
        Awaitility.await("an attempt of " + action)
                .atMost(patience)
                .pollInterval(GLANCE)
                .until(() -> pending().stream().anyMatch(activity -> isAt(activity, action)));
    }

    private static boolean isAt(PendingActivityInfo activity, String action) {
        return activity.getActivityType().getName().equals(action)
                && activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
    }

    /** How the window that is watched stands, by the latest look. */
    Optional<WindowProgress> window() {
        return pending().stream()
                .filter(activity -> activity.getActivityType().getName().equals(WATCH))
                .filter(activity -> activity.getHeartbeatDetails().getPayloadsCount() > 0)
                .map(activity -> temporal.client()
                        .getOptions()
                        .getDataConverter()
                        .fromPayload(
                                activity.getHeartbeatDetails().getPayloads(0),
                                WindowProgress.class,
                                WindowProgress.class))
                .findFirst();
    }

    /** Failures of a check in the window that is watched. */
    int failures(String check) {
        return window().stream()
                .flatMap(window -> window.checks().stream())
                .filter(one -> one.id().equals(check))
                .mapToInt(CheckProgress::failed)
                .findFirst()
                .orElse(0);
    }

    private List<PendingActivityInfo> pending() {
        return temporal.client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(temporal.client().getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId(ReleaseRequest.workflowId("biometric-bridge", "production")))
                        .build())
                .getPendingActivitiesList();
    }
}
