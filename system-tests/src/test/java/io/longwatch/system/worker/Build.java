package io.longwatch.system.worker;

import io.longwatch.system.parts.TemporalServer;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.TemporalClients;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.temporal.client.WorkflowClient;
import java.time.Clock;

/** A worker of one build, as its configuration makes it. */
final class Build implements AutoCloseable {
    private final Metrics metrics = new Metrics();
    private final WorkflowClient client;
    private final LongwatchWorker worker;

    /**
     * Starts a worker.
     *
     * @param id its build id, and its identity
     * @param behaviour auto-upgrade or pinned
     * @param serve what it serves
     */
    Build(TemporalServer server, String id, String behaviour, String serve) throws Exception {
        WorkerConfig config =
                WorkerConfigFile.parse("""
                temporal: {address: "%s", namespace: default}
                identity: %s
                listen: {port: 0}
                serve: %s
                environments: {production: {}}
                versioning: {build: %s, behaviour: %s}
                """.formatted(server.address(), id, serve, id, behaviour), "worker.yaml");
        client = TemporalClients.open(config, metrics);
        worker = new LongwatchWorker(config, client, metrics, LongwatchWorker.Parts.ofReleases(), Clock.systemUTC());
        worker.start();
    }

    String metrics() {
        return metrics.scrape();
    }

    @Override
    public void close() {
        worker.close();
        client.getWorkflowServiceStubs().shutdownNow();
        metrics.close();
    }
}
