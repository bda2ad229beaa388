package io.longwatch.system.bench;

import io.longwatch.contract.Json;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.system.parts.TemporalServer;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is compared with: one activity that asks the same and is retried by the server when it is next due. */
final class SoakingBare implements Soaking {
    private final Connection connection;
    private final JavaProcess worker;
    private final String metric;
    private final Duration interval;

    SoakingBare(Path folder, TemporalServer server, MetricStandIn metric, Duration interval) {
        int port = FreePort.find();
        this.connection = server.connect();
        this.metric = metric.uri().toString();
        this.interval = interval;
        this.worker = JavaProcess.start(folder, "bare", port, BareWorker.class, server.address(), "" + port);
    }

    @Override
    public String name() {
        return "bare activity";
    }

    @Override
    public JavaProcess worker() {
        return worker;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void start(String service) {
        BareWorker.Watched workflow = connection
                .client()
                .newWorkflowStub(
                        BareWorker.Watched.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id(service))
                                .setTaskQueue(BareWorker.QUEUE)
                                .build());
        WorkflowClient.start(workflow::run, service, metric, interval);
    }

    @Override
    public Instant startedAt(String service) {
        Payloads input = connection.client().fetchHistory(id(service)).getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .map(event -> event.getActivityTaskScheduledEventAttributes().getInput())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(service + " is not watched"));
        return Json.dataConverter().fromPayloads(2, Optional.of(input), Instant.class, Instant.class);
    }

    @Override
    public String standing(String service) {
        return Processes.pending(connection, id(service));
    }

    @Override
    public void end(List<String> services) {
        services.forEach(service ->
                connection.client().newUntypedWorkflowStub(id(service)).terminate("measured"));
    }

    @Override
    public void close() {
        worker.close();
        connection.close();
    }

    private static String id(String service) {
        return "bare/" + service;
    }
}
