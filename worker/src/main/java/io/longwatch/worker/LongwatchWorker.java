package io.longwatch.worker;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.OwnDecisions;
import io.longwatch.activities.soak.WatchState;
import io.longwatch.activities.succession.FinishedReleases;
import io.longwatch.expression.Expressions;
import io.longwatch.preflight.PreflightRun;
import io.longwatch.release.ReleaseRun;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.worker.config.Versioning;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.slack.SlackReceiver;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: workflows on the queue {@value ReleaseWorkflow#QUEUE}, activities on a queue per environment, the Slack receiver,
 * health and metrics. Started once, closed once.
 */
public final class LongwatchWorker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LongwatchWorker.class);
    private static final int VIRTUAL_THREADS_SINCE = 21;
    private static final Duration TO_LET_GO = Duration.ofSeconds(5);

    /**
     * A workflow task is stuck when the server gives it to another worker. The first ones of a worker load classes, which
     * takes more than the second that the SDK allows where the machine is busy; nothing in a workflow blocks by itself.
     */
    private static final Duration LONGEST_TASK = Duration.ofSeconds(10);

    private final WorkerConfig config;
    private final WorkflowClient client;
    private final Metrics metrics;
    private final WorkerFactory factory;
    private final Web web;
    private final Systems systems;
    private final Health health;
    private final ReleaseGauges gauges;
    private final WorkerLedger workerLedger;
    private final @Nullable SlackReceiver slack;

    /**
     * A worker that is not started yet.
     *
     * @param client client of the Temporal server, with Longwatch's data converter; closed by its owner
     * @param metrics where that client reports
     * @param parts workflows, and activities besides those of {@link Systems}
     * @param clock the time that actions read; also the server's
     * @throws IOException if the address to listen on is taken
     */
    public LongwatchWorker(WorkerConfig config, WorkflowClient client, Metrics metrics, Parts parts, Clock clock)
            throws IOException {
        this.config = config;
        this.client = client;
        this.metrics = metrics;
        this.workerLedger = new WorkerLedger(config.ledger(), clock);
        this.factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(
                                new ActivityGuard(metrics.meters(), clock),
                                new ReleaseTap(metrics.meters()),
                                workerLedger)
                        .build());
        this.slack = config.slack() == null ? null : new SlackReceiver(config, client, clock);
        this.health = new Health(client, factory, Polls.of(config));
        this.gauges = new ReleaseGauges(client, config.environments().keySet(), metrics.meters(), clock);
        this.web = new Web(config.listen());
        measure();
        warmUp();
        this.systems = new Systems(config.directory(), config.checks(), clock, workerLedger.looks());
        registerWorkflows(parts);
        if (config.serve().activities()) {
            config.connections().forEach(connections -> registerActivities(connections, parts));
        }
        serve();
    }

    // The first task would take longer yet if it had to load the expression engine and the contracts.
    private static void warmUp() {
        Contracts.catalog();
        Expressions.shared().holds("params.ready", Map.of("params", Map.of("ready", true)));
    }

    /**
     * What a worker runs besides the systems' actions.
     *
     * @param workflows workflow classes
     * @param activities makes further activities for an environment
     */
    public record Parts(List<Class<?>> workflows, Function<ActionContext, List<Object>> activities) {
        public Parts {
            workflows = List.copyOf(workflows);
        }

        /** The release workflow and what is asked ahead of it, and nothing besides the systems' actions. */
        public static Parts ofReleases() {
            return new Parts(List.of(ReleaseRun.class, PreflightRun.class), context -> List.of());
        }
    }

    private void measure() {
        config.environments().keySet().forEach(metrics.meters()::begin);
        for (Polls.Place place : Polls.of(config)) {
            metrics.meters()
                    .gauge(
                            MetricNames.POLLING,
                            "Whether the worker polls that queue for tasks of that kind",
                            () -> health.polling(place),
                            "queue",
                            place.queue(),
                            "kind",
                            place.kind());
        }
        SlackReceiver receiver = slack;
        if (receiver != null && receiver.receivesBySocket()) {
            config.environments()
                    .keySet()
                    .forEach(environment -> metrics.meters()
                            .gauge(
                                    MetricNames.SLACK_CONNECTED,
                                    "Whether the socket is open by which Slack sends what is pressed",
                                    () -> receiver.problem().isEmpty() ? 1 : 0,
                                    "environment",
                                    environment));
        }
        workerLedger.measure(metrics.meters());
    }

    private void registerWorkflows(Parts parts) {
        if (config.serve().workflows() && !parts.workflows().isEmpty()) {
            WorkerOptions.Builder options = options()
                    .setLocalActivityWorkerOnly(true)
                    .setDefaultDeadlockDetectionTimeout(LONGEST_TASK.toMillis());
            Versioning versioning = config.versioning();
            if (versioning != null) {
                options.setDeploymentOptions(deployment(versioning));
            }
            Worker worker = factory.newWorker(ReleaseWorkflow.QUEUE, options.build());
            worker.registerWorkflowImplementationTypes(parts.workflows().toArray(Class<?>[]::new));
            worker.registerActivitiesImplementations(
                    new OwnDecisions(systems.decisions(), config.environments().keySet()),
                    workerLedger.activities(),
                    new WatchState(),
                    new FinishedReleases());
        }
    }

    private void registerActivities(Connections connections, Parts parts) {
        Worker worker = factory.newWorker(
                ReleaseWorkflow.queueOf(connections.environment()), options().build());
        worker.registerActivitiesImplementations(systems.activities(connections).toArray());
        worker.registerActivitiesImplementations(
                parts.activities().apply(systems.context(connections)).toArray());
        worker.registerActivitiesImplementations(new UnknownAction());
    }

    // Activities stay outside of the deployment: a pinned release's looks are taken by whichever build serves its
    // environment, so that a soak that began on last week's build goes on with today's fix.
    private static WorkerDeploymentOptions deployment(Versioning versioning) {
        return WorkerDeploymentOptions.newBuilder()
                .setUseVersioning(true)
                .setVersion(new WorkerDeploymentVersion(versioning.deployment(), versioning.build()))
                .setDefaultVersioningBehavior(
                        versioning.behaviour() == Versioning.Behaviour.PINNED
                                ? VersioningBehavior.PINNED
                                : VersioningBehavior.AUTO_UPGRADE)
                .build();
    }

    private static WorkerOptions.Builder options() {
        return WorkerOptions.newBuilder()
                .setAllowActivityHeartbeatDuringShutdown(true)
                .setUsingVirtualThreads(Runtime.version().feature() >= VIRTUAL_THREADS_SINCE);
    }

    private void serve() {
        web.serveHealth("/health/live", new Web.Told("live", "dead", health::againstLiveness, List::of));
        web.serveHealth("/health/ready", new Web.Told("ready", "not ready", health::againstReadiness, this::besides));
        web.serve("/metrics", exchange -> Web.answer(exchange, 200, "text/plain; version=0.0.4", metrics.scrape()));
        if (slack != null && slack.receivesByHttp()) {
            web.serve(SlackReceiver.PATH, slack::handle);
        }
    }

    private List<String> besides() {
        return slack == null ? List.of() : slack.problem().stream().toList();
    }

    /** Connects and begins to work. */
    public void start() {
        workerLedger.start(client);
        if (slack != null) {
            slack.requireToken();
        }
        factory.start();
        web.start();
        if (slack != null) {
            slack.start();
        }
        gauges.start();
        Versioning versioning = config.versioning();
        LOGGER.atInfo()
                .addKeyValue("environments", config.environments().keySet())
                .addKeyValue("namespace", client.getOptions().getNamespace())
                .addKeyValue("listen", address())
                .addKeyValue("trust", config.people().isEmpty() ? "namespace" : "people")
                .addKeyValue(
                        "version", versioning == null ? "none" : versioning.deployment() + ":" + versioning.build())
                .log("worker started");
        if (config.people().isEmpty()) {
            LOGGER.atWarn().log("no people are configured: whoever can write to the namespace may decide");
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return web.address();
    }

    /**
     * Hands over: no longer ready, takes no more work, lets what runs come to its end for a while. What still runs then
     * is told to stop at its next heartbeat, and another worker takes the next attempt.
     */
    @Override
    public void close() {
        health.stop();
        LOGGER.atInfo().addKeyValue("patience", config.shutdown().patience()).log("worker stops");
        new Closing()
                .then("gauges", gauges)
                .then("slack", slack)
                .then("pollers", this::handOver)
                .then("systems", systems)
                .then("ledger", workerLedger)
                .then("web", web);
        LOGGER.atInfo().log("worker stopped");
    }

    private void handOver() {
        factory.shutdown();
        await(config.shutdown().patience());
        if (!factory.isTerminated()) {
            LOGGER.atWarn().log("activities still run; another worker takes their next attempt");
            factory.shutdownNow();
            await(TO_LET_GO);
        }
    }

    private void await(Duration patience) {
        factory.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
