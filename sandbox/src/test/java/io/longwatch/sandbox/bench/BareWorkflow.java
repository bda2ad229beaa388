package io.longwatch.sandbox.bench;

import io.longwatch.actions.redis.PingResult;
import io.longwatch.contract.StepRef;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Map;

/** What is compared with: the same activities with the same options, called one after another by hand. */
@WorkflowInterface
public interface BareWorkflow {
    @WorkflowMethod(name = "Bare")
    String run(String release, int steps);

    /** The calls and nothing else. */
    final class Sequence implements BareWorkflow {
        @Override
        public String run(String release, int steps) {
            String last = "";
            for (int i = 1; i <= steps; i++) {
                PingResult result = Workflow.newUntypedActivityStub(options(i))
                        .execute(
                                "redis.ping",
                                PingResult.class,
                                new StepRef(release, NoOpPlan.ENVIRONMENT, NoOpPlan.step(i)),
                                Map.of());
                last = result.summary();
            }
            return last;
        }

        private static ActivityOptions options(int step) {
            return ActivityOptions.newBuilder()
                    .setTaskQueue(ReleaseWorkflow.queueOf(NoOpPlan.ENVIRONMENT))
                    .setStartToCloseTimeout(Duration.ofSeconds(15))
                    .setScheduleToCloseTimeout(Duration.ofMinutes(10))
                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                    .setSummary("Step " + step)
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setBackoffCoefficient(2)
                            .setMaximumInterval(Duration.ofSeconds(30))
                            .build())
                    .build();
        }
    }
}
