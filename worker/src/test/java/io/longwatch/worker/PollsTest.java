package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.longwatch.worker.Polls.Place;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class PollsTest {
    private static final Place ACTIVITIES = Place.activities("longwatch.production");
    private static final ByteString TASK = ByteString.copyFromUtf8("task");
    private static final Duration A_LITTLE_LONGER = Polls.SILENCE.plusSeconds(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    private final Clock clock = mock(Clock.class);
    private final Channel channel = mock(Channel.class);
    private Polls polls;

    @BeforeEach
    void begin() {
        when(clock.instant()).thenAnswer(asked -> now.get());
        polls = new Polls(clock);
    }

    @Test
    void aPollThatIsUnderWayIsALifeSign() {
        // Given
        poll();

        // When
        pass(A_LITTLE_LONGER);

        // Then
        assertThat(polls.begun(ACTIVITIES)).isTrue();
        assertThat(polls.open(ACTIVITIES)).isEqualTo(1);
        assertThat(polls.silent(ACTIVITIES)).isFalse();
    }

    @Test
    void whereNoPollFollowsTheLastForFiveMinutesNobodyPolls() {
        // Given
        ClientCall.Listener<?> answer = poll();
        answer.onClose(Status.OK, new Metadata());

        // When
        pass(A_LITTLE_LONGER);

        // Then
        assertThat(polls.silent(ACTIVITIES)).isTrue();
    }

    @Test
    void pollsThatFailAreLifeSignsToo() {
        // Given
        pass(A_LITTLE_LONGER);

        // When
        ClientCall.Listener<?> answer = poll();
        answer.onClose(Status.UNAVAILABLE, new Metadata());

        // Then
        assertThat(polls.silent(ACTIVITIES)).isFalse();
    }

    @Test
    void aWorkerTooBusyToPollIsAliveWhileItAnswers() {
        // Given
        ClientCall.Listener<PollActivityTaskQueueResponse> answer = poll();
        answer.onMessage(
                PollActivityTaskQueueResponse.newBuilder().setTaskToken(TASK).build());
        answer.onClose(Status.OK, new Metadata());
        pass(A_LITTLE_LONGER);

        // When
        heartbeat();

        // Then
        assertThat(polls.silent(ACTIVITIES)).isFalse();
    }

    @Test
    void whatAnswersForOnePlaceIsNoLifeSignOfAnother() {
        // Given
        Place dead = Place.workflows("longwatch");
        pollWorkflows("longwatch").onClose(Status.OK, new Metadata());
        ClientCall.Listener<PollActivityTaskQueueResponse> answer = poll();
        answer.onMessage(
                PollActivityTaskQueueResponse.newBuilder().setTaskToken(TASK).build());
        pass(A_LITTLE_LONGER);

        // When
        heartbeat();

        // Then
        assertThat(polls.silent(dead)).isTrue();
        assertThat(polls.silent(ACTIVITIES)).isFalse();
    }

    private void heartbeat() {
        call(WorkflowServiceGrpc.getRecordActivityTaskHeartbeatMethod())
                .sendMessage(RecordActivityTaskHeartbeatRequest.newBuilder()
                        .setTaskToken(TASK)
                        .build());
    }

    @Test
    void aPlaceThatIsNeverPolledIsSilentAfterAWhile() {
        // When
        pass(A_LITTLE_LONGER);

        // Then
        assertThat(polls.begun(ACTIVITIES)).isFalse();
        assertThat(polls.silent(ACTIVITIES)).isTrue();
    }

    @Test
    void aStickyQueueCountsAsTheOneItBelongsTo() {
        // When
        TaskQueue sticky = TaskQueue.newBuilder()
                .setName("worker-1:sticky")
                .setNormalName("longwatch")
                .build();
        call(WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod())
                .sendMessage(PollWorkflowTaskQueueRequest.newBuilder()
                        .setTaskQueue(sticky)
                        .build());

        // Then
        assertThat(polls.begun(Place.workflows("longwatch"))).isTrue();
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @SuppressWarnings("unchecked")
    private <Q, R> ClientCall<Q, R> call(MethodDescriptor<Q, R> method) {
        ClientCall<Q, R> next = mock(ClientCall.class);
        when(channel.newCall(same(method), any())).thenReturn(next);
        return polls.interceptCall(method, CallOptions.DEFAULT, channel);
    }

    private ClientCall.Listener<PollActivityTaskQueueResponse> poll() {
        return begin(
                WorkflowServiceGrpc.getPollActivityTaskQueueMethod(),
                PollActivityTaskQueueRequest.newBuilder()
                        .setTaskQueue(TaskQueue.newBuilder().setName(ACTIVITIES.queue()))
                        .build());
    }

    private ClientCall.Listener<PollWorkflowTaskQueueResponse> pollWorkflows(String queue) {
        return begin(
                WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod(),
                PollWorkflowTaskQueueRequest.newBuilder()
                        .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                        .build());
    }

    @SuppressWarnings("unchecked")
    private <Q, R> ClientCall.Listener<R> begin(MethodDescriptor<Q, R> method, Q request) {
        ClientCall<Q, R> call = call(method);
        ClientCall<Q, R> next = channel.newCall(method, CallOptions.DEFAULT);
        call.start(mock(ClientCall.Listener.class), new Metadata());
        call.sendMessage(request);
        ArgumentCaptor<ClientCall.Listener<R>> listener = ArgumentCaptor.forClass(ClientCall.Listener.class);
        verify(next).start(listener.capture(), any());
        return listener.getValue();
    }
}
