package io.longwatch.system.bench;

import io.longwatch.release.ReleaseRequest;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.TemporalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Releases of one step that changes nothing and a soak of one check, on Longwatch's own worker. */
final class SoakingReleases implements Soaking {
    private static final Duration DAY = Duration.ofHours(24);

    private final Connection connection;
    private final Starts starts;
    private final JavaProcess worker;
    private final Duration interval;

    SoakingReleases(Path folder, TemporalServer server, MetricStandIn metric, Duration interval) {
        this.connection = server.connect();
        this.starts = new Starts(connection);
        this.interval = interval;
        this.worker = JavaProcess.worker(
                folder,
                server,
                "%s: {connections: {metrics: {kind: prometheus, url: \"%s\"}}}"
                        .formatted(Requests.ENVIRONMENT, metric.uri()));
    }

    @Override
    public String name() {
        return "release";
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
        starts.start(Requests.of(service, plan(service, 1, DAY, interval)));
    }

    /** Events in the history of a release with so many windows that ran to its end. */
    int events(String service, int windows, Duration each, Duration between) {
        ReleaseRequest request = Requests.of(service, plan(service, windows, each, between));
        starts.start(request);
        Processes.wait(() -> connection
                .client()
                .newUntypedWorkflowStub(request.workflowId())
                .getResult(10, TimeUnit.MINUTES, Object.class));
        return connection
                .client()
                .fetchHistory(request.workflowId())
                .getEvents()
                .size();
    }

    @Override
    public Instant startedAt(String service) {
        return Requests.soaksSince(connection, service)
                .orElseThrow(() -> new IllegalStateException(service + " is not watched"));
    }

    @Override
    public String standing(String service) {
        return Processes.pending(connection, Requests.workflowId(service));
    }

    @Override
    public void end(List<String> services) {
        services.forEach(service -> connection
                .client()
                .newUntypedWorkflowStub(Requests.workflowId(service))
                .terminate("measured"));
    }

    @Override
    public void close() {
        worker.close();
        connection.close();
    }

    private static String plan(String service, int windows, Duration each, Duration between) {
        StringBuilder plan = new StringBuilder("""
                apiVersion: longwatch.io/v1
                kind: ReleasePlan
                service: %1$s
                environment: %2$s
                title: %1$s
                roles: {on-call: On call}
                phases:
                  - id: deploy
                    title: Deploy
                    at: T
                    steps:
                      - {id: deployed, title: Deploy, uses: prometheus.query, with: {query: 'deployed{service="%1$s"}'}}
                soak:
                  checks:
                    - id: errors
                      title: Errors
                      uses: prometheus.query
                      with: {query: 'look{service="%1$s"}'}
                      figure: result.value
                      successCondition: result.value < 1.0
                  windows:
                """.formatted(service, Requests.ENVIRONMENT));
        for (int i = 1; i <= windows; i++) {
            plan.append("    - {id: window-%1$d, title: Window %1$d, duration: %2$s, interval: %3$s}\n"
                    .formatted(i, each, between));
        }
        return plan.toString();
    }
}
