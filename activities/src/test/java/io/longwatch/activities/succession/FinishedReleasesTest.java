package io.longwatch.activities.succession;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.longwatch.contract.Json;
import io.longwatch.release.FormerRelease;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.SuccessionActivities;
import io.longwatch.release.WayBack;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class FinishedReleasesTest {
    private static final String QUEUE = "succession";
    private static final String RELEASE = "bridge-production-20260504-1";
    private static final WayBack WAY = new WayBack(
            "one",
            "Scale",
            "kubernetes.scale",
            JsonNodeFactory.instance.objectNode().put("replicas", 1));

    private TestWorkflowEnvironment server;

    @BeforeEach
    void start() {
        server = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build());
        Worker worker = server.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(Finished.class, Asking.class);
        worker.registerActivitiesImplementations(new FinishedReleases());
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatAReleaseLeftIsReadFromTheResultOfItsRun() {
        // Given
        String run = finished(RELEASE);
        finished("bridge-production-20260504-2");

        // When
        FormerRelease left = ask(run, RELEASE);

        // Then
        assertThat(left.state()).isEqualTo(ReleaseState.SUPERSEDED);
        assertThat(left.waysBack()).containsExactly(WAY);
    }

    @Test
    void aRunOfAnotherReleaseIsRefused() {
        // Given
        String run = finished(RELEASE);

        // When
        String refusal = refusal(run, "bridge-production-20260504-9");

        // Then
        assertThat(refusal)
                .isEqualTo("run " + run + " of release/bridge/production is that of " + RELEASE
                        + ", not of bridge-production-20260504-9");
    }

    @Test
    void aRunThatIsNotKnownLeftNothing() {
        // Given
        finished(RELEASE);

        // When
        String refusal = refusal("00000000-0000-0000-0000-000000000000", RELEASE);

        // Then
        assertThat(refusal).startsWith(RELEASE + " left nothing: ");
    }

    private String finished(String release) {
        WorkflowStub workflow = server.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Finished",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("release/bridge/production")
                                .setTaskQueue(QUEUE)
                                .build());
        String run = workflow.start(release).getRunId();
        workflow.getResult(ReleaseOutcome.class);
        return run;
    }

    private FormerRelease ask(String run, String release) {
        WorkflowStub asking = server.getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Asking",
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
        asking.start("release/bridge/production", run, release);
        return asking.getResult(FormerRelease.class);
    }

    private String refusal(String run, String release) {
        try {
            return "left " + ask(run, release);
        } catch (WorkflowFailedException e) {
            return ((ApplicationFailure) e.getCause().getCause()).getOriginalMessage();
        }
    }

    /** A release that gave its place up. */
    @WorkflowInterface
    public interface Ended {
        @WorkflowMethod(name = "Finished")
        ReleaseOutcome run(String release);
    }

    public static final class Finished implements Ended {
        @Override
        public ReleaseOutcome run(String release) {
            return new ReleaseOutcome(release, ReleaseState.SUPERSEDED, null, List.of(), null, List.of(WAY));
        }
    }

    /** One that takes its place. */
    @WorkflowInterface
    public interface Newer {
        @WorkflowMethod(name = "Asking")
        FormerRelease run(String workflowId, String run, String release);
    }

    public static final class Asking implements Newer {
        @Override
        public FormerRelease run(String workflowId, String run, String release) {
            return Workflow.newLocalActivityStub(
                            SuccessionActivities.class,
                            LocalActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(20))
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setMaximumAttempts(2)
                                            .build())
                                    .build())
                    .leaves(workflowId, run, release);
        }
    }
}
