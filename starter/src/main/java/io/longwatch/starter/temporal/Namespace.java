package io.longwatch.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.longwatch.starter.CommandFailed;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a namespace offers: who polls its queues, which search attributes it knows. */
public final class Namespace {
    public static final SearchAttributeKey<String> SERVICE = SearchAttributeKey.forKeyword("ReleaseService");
    public static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("ReleaseEnv");
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("ReleasePhase");
    public static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("ReleaseStatus");
    public static final SearchAttributeKey<OffsetDateTime> SOAK_DEADLINE =
            SearchAttributeKey.forOffsetDateTime("SoakDeadline");

    private static final Map<String, IndexedValueType> NEEDED = Map.of(
            SERVICE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            ENVIRONMENT.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            PHASE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
            SOAK_DEADLINE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    private static final long SECONDS = 5;

    private final Connection connection;

    public Namespace(Connection connection) {
        this.connection = connection;
    }

    /** How many workers poll a queue; empty where the server cannot tell. */
    public Optional<Integer> pollers(String queue, boolean workflows) {
        DescribeTaskQueueRequest request = DescribeTaskQueueRequest.newBuilder()
                .setNamespace(connection.namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(
                        workflows ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                .build();
        try {
            return Optional.of(connection
                    .client()
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .describeTaskQueue(request)
                    .getPollersCount());
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the namespace knows all of Longwatch's search attributes; it does not, as far as this client can tell, where
     * the server keeps none or does not let it ask.
     *
     * @throws CommandFailed if the server does not answer
     */
    public boolean knowsSearchAttributes() {
        try {
            return known(operator()).keySet().containsAll(NEEDED.keySet());
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case UNIMPLEMENTED, PERMISSION_DENIED -> false;
                default ->
                    throw Calls.failed(
                            "the Temporal server at " + connection.address()
                                    + " does not say which search attributes it knows: " + Calls.words(e),
                            "Try again; longwatch doctor asks it the same.",
                            e);
            };
        }
    }

    /** Registers the search attributes that are missing; empty if that worked, else why not. */
    public Optional<String> registerSearchAttributes() {
        try {
            OperatorServiceGrpc.OperatorServiceBlockingStub operator = operator();
            Map<String, IndexedValueType> missing = new HashMap<>(NEEDED);
            missing.keySet().removeAll(known(operator).keySet());
            if (!missing.isEmpty()) {
                operator.addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .putAllSearchAttributes(missing)
                        .build());
            }
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            return Optional.of(Calls.words(e));
        }
    }

    private OperatorServiceGrpc.OperatorServiceBlockingStub operator() {
        return OperatorServiceGrpc.newBlockingStub(
                        connection.client().getWorkflowServiceStubs().getRawChannel())
                .withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    private Map<String, IndexedValueType> known(OperatorServiceGrpc.OperatorServiceBlockingStub operator) {
        return operator.listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(connection.namespace())
                        .build())
                .getCustomAttributesMap();
    }
}
