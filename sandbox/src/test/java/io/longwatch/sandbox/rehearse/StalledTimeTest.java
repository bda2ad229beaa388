package io.longwatch.sandbox.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

public class StalledTimeTest {
    private static final Duration PATIENCE = Duration.ofMillis(400);

    @Test
    void aWorkflowTaskThatTakesLongKeepsItsTime() {
        // Given
        try (Stage stage = Stage.open()) {
            TestWorkflowEnvironment server = stage.server();
            Worker worker = server.newWorker(
                    "slow",
                    WorkerOptions.newBuilder()
                            .setDefaultDeadlockDetectionTimeout(
                                    Duration.ofMinutes(1).toMillis())
                            .build());
            worker.registerWorkflowImplementationTypes(SlowMachine.class);
            server.start();
            WorkflowStub workflow = server.getWorkflowClient()
                    .newUntypedWorkflowStub(
                            "Slow",
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId("slow")
                                    .setTaskQueue("slow")
                                    .setWorkflowExecutionTimeout(Duration.ofDays(60))
                                    .build());
            workflow.start();

            // When
            StalledTime time = StalledTime.watch(server, "slow", () -> false, PATIENCE);
            String result = workflow.getResult(String.class);
            time.close();

            // Then
            assertThat(result).isEqualTo("done");
            assertThat(Instant.ofEpochMilli(server.currentTimeMillis()))
                    .isBefore(stage.now().plus(Duration.ofDays(1)));
        }
    }

    @WorkflowInterface
    public interface Slow {
        @WorkflowMethod(name = "Slow")
        String run();
    }

    /** Takes real time in its first task, as on a machine that has no processor to spare. */
    public static final class SlowMachine implements Slow {
        @Override
        public String run() {
            long end = System.nanoTime() + PATIENCE.multipliedBy(6).toNanos();
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            return "done";
        }
    }
}
