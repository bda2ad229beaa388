package io.longwatch.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Answers.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.longwatch.contract.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptTest {
    private static final String QUEUE = "attempts";

    @Test
    void anAttemptWhoseTimeIsOverMayNotWriteThoughNobodyAskedItToHeartbeat() throws Exception {
        // Given
        try (TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance()) {
            var slow = new SlowWriter();
            var worker = server.newWorker(QUEUE);
            worker.registerWorkflowImplementationTypes(OneCallWorkflow.class);
            worker.registerActivitiesImplementations(slow);
            server.start();
            WorkflowStub call = server.getWorkflowClient()
                    .newUntypedWorkflowStub(
                            "OneCall",
                            WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
            call.start();
            assertThatThrownBy(() -> call.getResult(Void.class)).isInstanceOf(WorkflowFailedException.class);

            // When
            slow.timedOut.countDown();

            // Then
            assertThat(slow.outcome.get(20, TimeUnit.SECONDS)).containsInstanceOf(ActivityNotExistsException.class);
        }
    }

    @Test
    void aWriteIsNotBegunRightBeforeTheEnd() {
        // Given
        ActivityExecutionContext context = mock(RETURNS_DEEP_STUBS);
        when(context.getInfo().getStartToCloseTimeout()).thenReturn(Duration.ofMinutes(1));
        AtomicLong nanos = new AtomicLong(Duration.ofHours(7).toNanos());
        Attempt attempt = new Attempt(context, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(54).toNanos());
        assertThatCode(() -> attempt.renew("in time")).doesNotThrowAnyException();

        // When
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        // Then
        assertThatThrownBy(() -> attempt.renew("too late"))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
                    assertThat(failure.getOriginalMessage()).contains("56 s of at most 60 s");
                });
    }

    @Test
    void whatLastsIsNotBegunWithoutTimeForItAndItsRecord() {
        // Given
        ActivityExecutionContext context = mock(RETURNS_DEEP_STUBS);
        when(context.getInfo().getStartToCloseTimeout()).thenReturn(Duration.ofMinutes(2));
        AtomicLong nanos = new AtomicLong(Duration.ofHours(7).toNanos());
        Attempt attempt = new Attempt(context, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(105).toNanos());
        assertThatCode(() -> attempt.requireTimeFor(Duration.ofSeconds(10))).doesNotThrowAnyException();

        // When
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertThatThrownBy(() -> attempt.requireTimeFor(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
                    assertThat(failure.isNonRetryable()).isFalse();
                });
    }

    @Test
    void whatMayLastLongerThanAnyAttemptIsBegunInTheFirstHalfOfOne() {
        // Given
        ActivityExecutionContext context = mock(RETURNS_DEEP_STUBS);
        when(context.getInfo().getStartToCloseTimeout()).thenReturn(Duration.ofSeconds(10));
        AtomicLong nanos = new AtomicLong();
        Attempt attempt = new Attempt(context, nanos::get);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThatCode(() -> attempt.requireTimeFor(Duration.ofSeconds(30))).doesNotThrowAnyException();

        // When
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertThatThrownBy(() -> attempt.requireTimeFor(Duration.ofSeconds(30))).isInstanceOf(ApplicationFailure.class);
    }

    /** Calls an activity once, for at most a second. */
    @WorkflowInterface
    public interface OneCall {
        @WorkflowMethod
        void run();
    }

    /** As it says. */
    public static final class OneCallWorkflow implements OneCall {
        @Override
        public void run() {
            Workflow.newActivityStub(
                            Writer.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(1))
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setMaximumAttempts(1)
                                            .build())
                                    .build())
                    .write();
        }
    }

    /** Writes. */
    @ActivityInterface
    public interface Writer {
        @ActivityMethod
        void write();
    }

    private static final class SlowWriter implements Writer {
        private final CountDownLatch timedOut = new CountDownLatch(1);
        private final CompletableFuture<Optional<RuntimeException>> outcome = new CompletableFuture<>();

        @Override
        public void write() {
            Invocation invocation = Invocation.current();
            try {
                invocation.renew("begun");
                timedOut.await();
                invocation.renew("writing");
                outcome.complete(Optional.empty());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                outcome.completeExceptionally(e);
            } catch (RuntimeException e) {
                outcome.complete(Optional.of(e));
            }
        }
    }
}
