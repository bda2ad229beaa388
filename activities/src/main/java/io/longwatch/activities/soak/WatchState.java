package io.longwatch.activities.soak;

import io.longwatch.soak.SoakActivities;
import io.longwatch.soak.WatchStateActivities;
import io.longwatch.soak.WindowProgress;
import io.temporal.activity.Activity;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import org.jspecify.annotations.Nullable;

/** Reads what a watch has seen from the heartbeat details of its pending activity. */
public final class WatchState implements WatchStateActivities {
    @Override
    public @Nullable WindowProgress progress(String workflowId, String window) {
        WorkflowClient client = Activity.getExecutionContext().getWorkflowClient();
        var description = client.getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                        .build());
        return description.getPendingActivitiesList().stream()
                .filter(activity ->
                        SoakActivities.WATCH.equals(activity.getActivityType().getName()))
                .flatMap(activity ->
                        WatchDetails.of(activity, client.getOptions().getDataConverter()).stream())
                .filter(progress -> progress.window().equals(window))
                .findFirst()
                .orElse(null);
    }
}
