package io.longwatch.worker;

import io.grpc.StatusRuntimeException;
import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.soak.WatchState;
import io.longwatch.expression.Expressions;
import io.longwatch.release.ReleaseRun;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.slack.SlackReceiver;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: workflows on the queue {@value #WORKFLOWS}, activities on a queue per environment, the Slack receiver,
 * health and metrics. Started once, closed once.
 */
public final class LongwatchWorker implements AutoCloseable {
    /** Queue of workflows. */
    public static final String WORKFLOWS = "longwatch";

    private static final Logger LOGGER = LoggerFactory.getLogger(LongwatchWorker.class);
    private static final int VIRTUAL_THREADS_SINCE = 21;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WorkerConfig config;
    private final WorkflowClient client;
    private final Metrics metrics;
    private final WorkerFactory factory;
    private final Web web;
    private final Systems systems;
    private final @Nullable SlackReceiver slack;

    /**
     * A worker that is not started yet.
     *
     * @param client client of the Temporal server, with Longwatch's data converter; closed by its owner
     * @param metrics where that client reports
     * @param parts workflows, and activities besides those of {@link Systems}
     * @param clock the time actions read
     * @throws IOException if the address to listen on is taken
     */
    public LongwatchWorker(WorkerConfig config, WorkflowClient client, Metrics metrics, Parts parts, Clock clock)
            throws IOException {
        this.config = config;
        this.client = client;
        this.metrics = metrics;
        this.factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new ActivityGuard())
                        .build());
        this.slack = config.slack() == null ? null : new SlackReceiver(config, client, clock);
        this.web = new Web(config.listen());
        warmUp();
        this.systems = new Systems(config.directory(), config.checks(), clock);
        registerWorkflows(parts);
        config.connections().forEach(connections -> registerActivities(connections, parts));
        serve();
    }

    // A workflow task may take a second; the first to load the expression engine and the contracts would take longer.
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

        /** The release workflow, and nothing besides the systems' actions. */
        public static Parts ofReleases() {
            return new Parts(List.of(ReleaseRun.class), context -> List.of());
        }
    }

    /** Queue of an environment's activities. */
    public static String queueOf(String environment) {
        return WORKFLOWS + "." + environment;
    }

    private void registerWorkflows(Parts parts) {
        if (!parts.workflows().isEmpty()) {
            Worker worker = factory.newWorker(
                    WORKFLOWS, options().setLocalActivityWorkerOnly(true).build());
            worker.registerWorkflowImplementationTypes(parts.workflows().toArray(Class<?>[]::new));
            worker.registerActivitiesImplementations(systems.decisions(), new WatchState());
        }
    }

    private void registerActivities(Connections connections, Parts parts) {
        Worker worker =
                factory.newWorker(queueOf(connections.environment()), options().build());
        worker.registerActivitiesImplementations(systems.activities(connections).toArray());
        worker.registerActivitiesImplementations(
                parts.activities().apply(systems.context(connections)).toArray());
        worker.registerActivitiesImplementations(new UnknownAction());
    }

    private static WorkerOptions.Builder options() {
        return WorkerOptions.newBuilder()
                .setUsingVirtualThreads(Runtime.version().feature() >= VIRTUAL_THREADS_SINCE);
    }

    private void serve() {
        web.serveHealth("/health/live", Optional::empty);
        web.serveHealth("/health/ready", this::againstReadiness);
        web.serve("/metrics", exchange -> Web.answer(exchange, 200, "text/plain; version=0.0.4", metrics.scrape()));
        if (slack != null && slack.receivesByHttp()) {
            web.serve(SlackReceiver.PATH, slack::handle);
        }
    }

    /** Connects and begins to work. */
    public void start() throws IOException {
        factory.start();
        web.start();
        if (slack != null) {
            slack.start();
        }
        LOGGER.atInfo()
                .addKeyValue("environments", config.environments().keySet())
                .addKeyValue("namespace", client.getOptions().getNamespace())
                .addKeyValue("listen", address())
                .addKeyValue("trust", config.people().isEmpty() ? "namespace" : "people")
                .log("worker started");
        if (config.people().isEmpty()) {
            LOGGER.atWarn().log("no people are configured: whoever can write to the namespace may decide");
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return web.address();
    }

    private Optional<String> againstReadiness() {
        if (!factory.isStarted() || factory.isShutdown()) {
            return Optional.of("not polling");
        }
        try {
            client.getWorkflowServiceStubs()
                    .blockingStub()
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
            return slack == null ? Optional.empty() : slack.againstReadiness();
        } catch (StatusRuntimeException e) {
            return Optional.of(
                    "the Temporal server does not answer: " + e.getStatus().getCode());
        }
    }

    /** Takes no more work, lets what runs come to an end for a while, then stops. */
    @Override
    public void close() {
        if (slack != null) {
            slack.close();
        }
        factory.shutdown();
        factory.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!factory.isTerminated()) {
            LOGGER.atWarn().addKeyValue("waited", PATIENCE).log("activities still run; their next attempt goes on");
            factory.shutdownNow();
        }
        systems.close();
        web.close();
    }
}
