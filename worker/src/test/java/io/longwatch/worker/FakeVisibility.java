package io.longwatch.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of a Temporal server as the gauges and the watchdog ask: soaking releases with one watch each, in pages. Counts what is asked. */
final class FakeVisibility extends WorkflowServiceGrpc.WorkflowServiceImplBase implements AutoCloseable {
    private final Map<String, Instant> due = new LinkedHashMap<>();
    private final AtomicInteger described = new AtomicInteger();
    private final AtomicInteger listed = new AtomicInteger();
    private final String name = InProcessServerBuilder.generateName();
    private final Server server;
    private final ManagedChannel channel;
    private final WorkflowServiceStubs stubs;
    private int atMostAPage = 1000;
    private String tokens = "/";
    private boolean lacksAttributes;
    private long unlisted;

    FakeVisibility() throws IOException {
        server = InProcessServerBuilder.forName(name).addService(this).build().start();
        channel = InProcessChannelBuilder.forName(name).build();
        stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build());
    }

    WorkflowClient client() {
        return WorkflowClient.newInstance(stubs);
    }

    /** A release that soaks; its next look is due then. */
    void soaks(String workflow, Instant nextLook) {
        due.put(workflow, nextLook);
    }

    /** How many it lists a page, however many are asked for. */
    void pageOf(int most) {
        atMostAPage = most;
    }

    /** From now on it knows no place in its list any more that it gave out before. */
    void forgetTokens() {
        tokens = "after" + tokens;
    }

    void unlisted(long releases) {
        unlisted = releases;
    }

    void lacksAttributes() {
        lacksAttributes = true;
    }

    int described() {
        return described.get();
    }

    int listed() {
        return listed.get();
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
        answer(to, GetSystemInfoResponse.getDefaultInstance());
    }

    @Override
    public void countWorkflowExecutions(
            CountWorkflowExecutionsRequest request, StreamObserver<CountWorkflowExecutionsResponse> to) {
        boolean ofAttributes = request.getQuery().contains("ReleaseEnv");
        if (lacksAttributes && ofAttributes) {
            to.onError(
                    Status.INVALID_ARGUMENT.withDescription("no such attribute").asRuntimeException());
            return;
        }
        boolean ofUnlisted = !ofAttributes || request.getQuery().contains("ReleaseEnv IS NULL");
        answer(
                to,
                CountWorkflowExecutionsResponse.newBuilder()
                        .setCount(ofUnlisted ? unlisted : due.size())
                        .build());
    }

    @Override
    public void listWorkflowExecutions(
            ListWorkflowExecutionsRequest request, StreamObserver<ListWorkflowExecutionsResponse> to) {
        listed.incrementAndGet();
        String token = request.getNextPageToken().toStringUtf8();
        if (!token.isEmpty() && !token.startsWith(tokens)) {
            to.onError(Status.INVALID_ARGUMENT
                    .withDescription("invalid page token")
                    .asRuntimeException());
            return;
        }
        int from = token.isEmpty() ? 0 : Integer.parseInt(token.substring(tokens.length()));
        int until = Math.min(due.size(), from + Math.min(request.getPageSize(), atMostAPage));
        ListWorkflowExecutionsResponse.Builder page = ListWorkflowExecutionsResponse.newBuilder();
        new ArrayList<>(due.keySet())
                .subList(from, until)
                .forEach(workflow ->
                        page.addExecutions(WorkflowExecutionInfo.newBuilder().setExecution(execution(workflow))));
        if (until < due.size()) {
            page.setNextPageToken(ByteString.copyFromUtf8(tokens + until));
        }
        answer(to, page.build());
    }

    @Override
    public void describeWorkflowExecution(
            DescribeWorkflowExecutionRequest request, StreamObserver<DescribeWorkflowExecutionResponse> to) {
        described.incrementAndGet();
        Instant next = due.get(request.getExecution().getWorkflowId());
        answer(
                to,
                DescribeWorkflowExecutionResponse.newBuilder()
                        .addPendingActivities(PendingActivityInfo.newBuilder()
                                .setActivityType(ActivityType.newBuilder().setName("soak.watch"))
                                .setState(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED)
                                .setNextAttemptScheduleTime(
                                        Timestamp.newBuilder().setSeconds(next.getEpochSecond())))
                        .build());
    }

    private static WorkflowExecution execution(String workflow) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId(workflow)
                .setRunId("run-of-" + workflow)
                .build();
    }

    private static <T> void answer(StreamObserver<T> to, T value) {
        to.onNext(value);
        to.onCompleted();
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        channel.shutdownNow();
        server.shutdownNow();
    }
}
