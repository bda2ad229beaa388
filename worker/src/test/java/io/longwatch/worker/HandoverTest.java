package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HandoverTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "cache");

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .setUseTimeskipping(false)
                    .build());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void runWorkflowsElsewhere() {
        temporal.newWorker("elsewhere").registerWorkflowImplementationTypes(OneStep.class);
        temporal.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        temporal.close();
    }

    @Test
    void aWorkerThatStopsIsNotReadyAtOnceAndLetsWhatRunsComeToItsEnd() throws Exception {
        // Given
        LongwatchWorker first = worker("first", "40s");
        CompletableFuture<String> result = start();
        begun.await();

        // When
        CompletableFuture<Void> closing = CompletableFuture.runAsync(first::close);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ready(first))
                        .isEqualTo("503 {\"status\":\"not ready\",\"problems\":[\"stopping\"]}"));
        released.countDown();

        // Then
        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("first, attempt 1");
        closing.get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatDoesNotComeToItsEndInTimeIsHandedToAnotherWorker() throws Exception {
        // Given
        LongwatchWorker first = worker("first", "100ms");
        CompletableFuture<String> result = start();
        begun.await();
        try (LongwatchWorker second = worker("second", "5s")) {

            // When
            first.close();

            // Then
            assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("second, attempt 2");
            assertThat(ready(second)).startsWith("200 ");
        }
    }

    @Test
    void whatMayBeTriedOnlyOnceSaysWhyItHasNoEnd() throws Exception {
        // Given
        LongwatchWorker first = worker("first", "100ms");
        CompletableFuture<String> result = start(1);
        begun.await();

        // When
        first.close();

        // Then
        assertThat(result)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
                    assertThat(failure.getOriginalMessage())
                            .isEqualTo("the worker that ran it was asked to end before it was done");
                });
    }

    private LongwatchWorker worker(String name, String patience) throws Exception {
        WorkerConfig config = WorkerConfigFile.parse(
                "environments: {production: {}}\nlisten: {port: 0}\nshutdown: {patience: " + patience + "}",
                "worker.yaml");
        var parts = new LongwatchWorker.Parts(List.of(), context -> List.of(new Lingering(name)));
        LongwatchWorker worker =
                new LongwatchWorker(config, temporal.getWorkflowClient(), new Metrics(), parts, Clock.systemUTC());
        worker.start();
        return worker;
    }

    private CompletableFuture<String> start() {
        return start(0);
    }

    private CompletableFuture<String> start(int mostAttempts) {
        var options = WorkflowOptions.newBuilder()
                .setTaskQueue("elsewhere")
                .setWorkflowId("test")
                .build();
        Step step = temporal.getWorkflowClient().newWorkflowStub(Step.class, options);
        return WorkflowClient.execute(step::run, mostAttempts);
    }

    private static String ready(LongwatchWorker worker) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + worker.address().getPort() + "/health/ready");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @WorkflowInterface
    public interface Step {
        @WorkflowMethod
        String run(int mostAttempts);
    }

    public static final class OneStep implements Step {
        @Override
        public String run(int mostAttempts) {
            var options = ActivityOptions.newBuilder()
                    .setTaskQueue(ReleaseWorkflow.queueOf("production"))
                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                    .setHeartbeatTimeout(Duration.ofSeconds(5))
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setInitialInterval(Duration.ofMillis(100))
                            .setMaximumAttempts(mostAttempts)
                            .build())
                    .build();
            return Workflow.newActivityStub(LingeringActivities.class, options).linger(STEP);
        }
    }

    @ActivityInterface
    public interface LingeringActivities {
        @ActivityMethod(name = "linger")
        String linger(StepRef step);
    }

    /** Ends when the test lets it, or at its second attempt; shows life until then. */
    private final class Lingering implements LingeringActivities {
        private final String name;

        Lingering(String name) {
            this.name = name;
        }

        @Override
        public String linger(StepRef step) {
            var context = Activity.getExecutionContext();
            int attempt = context.getInfo().getAttempt();
            begun.countDown();
            try {
                while (attempt == 1 && !released.await(50, TimeUnit.MILLISECONDS)) {
                    context.heartbeat("still here");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            return name + ", attempt " + attempt;
        }
    }
}
