package io.longwatch.system.bench;

import com.sun.net.httpserver.HttpServer;
import io.longwatch.contract.Json;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A process with the least that temporal-sdk needs to look at something every so often. */
public final class BareWorker {
    static final String QUEUE = "bare";

    private BareWorker() {}

    /**
     * Runs until it is ended.
     *
     * @param arguments the server's address, and the port that says when it is ready
     */
    public static void main(String[] arguments) throws Exception {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(arguments[0]).build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        var worker = factory.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(Once.class);
        worker.registerActivitiesImplementations(new Asking());
        factory.start();
        HttpServer ready = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        ready.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        ready.start();
    }

    /** Something that is looked at. */
    @WorkflowInterface
    public interface Watched {
        @WorkflowMethod(name = "BareWatched")
        void run(String service, String metric, Duration interval);
    }

    /** Calls the activity and nothing else. */
    public static final class Once implements Watched {
        @Override
        public void run(String service, String metric, Duration interval) {
            Instant start = Instant.ofEpochMilli(Workflow.currentTimeMillis());
            Workflow.newActivityStub(
                            Looking.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofSeconds(60))
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setInitialInterval(Duration.ofSeconds(30))
                                            .setBackoffCoefficient(1)
                                            .build())
                                    .build())
                    .look(service, metric, start, interval);
        }
    }

    /** A look for each attempt. */
    @ActivityInterface
    public interface Looking {
        @ActivityMethod(name = "bare.look")
        void look(String service, String metric, Instant start, Duration interval);
    }

    /** Asks for the metric, heartbeats, and fails until the next look is due. */
    static final class Asking implements Looking {
        private final HttpClient http = HttpClient.newHttpClient();
        private final Clock clock = Clock.systemUTC();

        @Override
        public void look(String service, String metric, Instant start, Duration interval) {
            long taken = Activity.getExecutionContext()
                    .getHeartbeatDetails(Long.class)
                    .orElse(-1L);
            if (taken < 0) {
                ask(metric, "deployed", service);
            } else {
                ask(metric, "look", service);
            }
            taken++;
            Activity.getExecutionContext().heartbeat(taken);
            Duration delay = Duration.between(clock.instant(), start.plus(interval.multipliedBy(taken + 1)));
            throw ApplicationFailure.newBuilder()
                    .setType("Looked")
                    .setCategory(ApplicationErrorCategory.BENIGN)
                    .setMessage("look " + taken)
                    .setNextRetryDelay(delay.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : delay)
                    .build();
        }

        private void ask(String metric, String name, String service) {
            String query = name + "{service=\"" + service + "\"}";
            HttpRequest request = HttpRequest.newBuilder(URI.create(metric + "/api/v1/query"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            Processes.wait(() -> http.send(request, BodyHandlers.ofString()));
        }
    }
}
