package io.longwatch.system.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.longwatch.contract.Json;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.PrometheusServer;
import io.longwatch.system.parts.TemporalServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** How long it takes from a breach to the first call that rolls back. */
@Command(
        name = "bench/breach.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "From the moment a breach can be queried in Prometheus to the first rollback call that the Kubernetes API",
            "server receives, by its audit log. Each trial is a release of its own in a namespace of its own: a",
            "Deployment's second revision, watched with failureLimit 0, taken back by kubernetes.undoRollout. The",
            "breaches are spread evenly over the interval between looks. Real Temporal, Prometheus and control plane."
        })
public final class BreachBench implements Callable<Integer> {
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration SCRAPE = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @Parameters(index = "0", defaultValue = "20", description = "Trials at each interval: ${DEFAULT-VALUE}.")
    private int trials;

    @Parameters(
            index = "1..*",
            split = ",",
            defaultValue = "10s,60s",
            converter = LooksBench.Time.class,
            description = "Time between looks; several for one after the other. By default ${DEFAULT-VALUE}.")
    private List<Duration> intervals = List.of();

    private final Clock clock = Clock.systemUTC();
    private final HttpClient http = HttpClient.newHttpClient();
    private final BreachTarget target = new BreachTarget();

    public static void main(String[] args) {
        System.exit(new CommandLine(new BreachBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("longwatch-bench");
        System.out.println("logs in " + folder);
        try (target;
                ControlPlane cluster = ControlPlane.start();
                PrometheusServer prometheus = PrometheusServer.start(folder, scraping(), "groups: []\n");
                TemporalServer server = TemporalServer.start(folder);
                JavaProcess worker = JavaProcess.worker(folder, server, environment(cluster, prometheus));
                Connection connection = server.connect()) {
            for (Duration interval : intervals) {
                measure(interval, new World(cluster, prometheus, connection));
            }
            System.out.printf(Locale.ROOT, "worker: %.0f MiB resident%n", worker.resident());
        }
        return 0;
    }

    private record World(ControlPlane cluster, PrometheusServer prometheus, Connection connection) {}

    /**
     * A trial.
     *
     * @param reaction from the breach to the rollback call
     * @param share how much of the interval was over when the breach could be seen
     * @param afterLook from when the next look was due to the rollback call
     */
    private record Trial(Duration reaction, double share, Duration afterLook) {}

    private String scraping() {
        return """
                global: {scrape_interval: %ds}
                scrape_configs:
                  - job_name: bench
                    static_configs: [{targets: ['%s']}]
                """.formatted(SCRAPE.toSeconds(), target.address());
    }

    private static String environment(ControlPlane cluster, PrometheusServer prometheus) {
        return """
                %s:
                  connections:
                    metrics: {kind: prometheus, url: "%s"}
                    cluster: {kind: kubernetes, kubeconfig: "%s"}
                """.formatted(
                        Requests.ENVIRONMENT, prometheus.uri(), cluster.kubeconfig(ControlPlane.LONGWATCH, "default"));
    }

    private void measure(Duration interval, World world) {
        Starts starts = new Starts(world.connection());
        ExecutorService threads = Executors.newFixedThreadPool(trials);
        List<Future<Trial>> running = new ArrayList<>();
        try {
            for (int i = 0; i < trials; i++) {
                prepare(service(interval, i), world);
            }
            Duration apart = max(interval.dividedBy(trials), Duration.ofMillis(500));
            for (int i = 0; i < trials; i++) {
                Instant next = clock.instant().plus(apart);
                String service = service(interval, i);
                Duration into = interval.multipliedBy(2L * i + 1).dividedBy(2L * trials);
                starts.start(Requests.of(service, plan(service, interval)));
                running.add(threads.submit(() -> trial(service, interval, into, world)));
                Processes.passUntil(next);
            }
            report(
                    interval,
                    running.stream().map(one -> Processes.wait(one::get)).toList());
        } finally {
            threads.shutdownNow();
        }
    }

    private static void report(Duration interval, List<Trial> trials) {
        System.out.printf(
                Locale.ROOT,
                "--- a look every %s, %d trials%nbreach to rollback call: %s%nof it after the look was due: %s%n"
                        + "breaches at %s of the interval%n",
                interval,
                trials.size(),
                Figures.of(trials.stream().map(Trial::reaction).toList()).spread(),
                Figures.of(trials.stream().map(Trial::afterLook).toList()).spread(),
                trials.stream()
                        .map(trial -> String.format(Locale.ROOT, "%.2f", trial.share()))
                        .sorted()
                        .toList());
    }

    /** A namespace in which the former version serves. */
    private void prepare(String service, World world) {
        target.isWell(service);
        world.cluster().createNamespace(service);
        world.cluster()
                .grant(
                        ControlPlane.LONGWATCH,
                        service,
                        new PolicyRuleBuilder()
                                .withApiGroups("*")
                                .withResources("*")
                                .withVerbs("*")
                                .build());
        world.cluster()
                .client()
                .resource(deployment(service, 1))
                .inNamespace(service)
                .create();
    }

    private Trial trial(String service, Duration interval, Duration into, World world) throws Exception {
        Instant since = await(
                "the soak of " + service,
                PAUSE,
                PATIENCE,
                () -> Requests.soaksSince(world.connection(), service).orElse(null));
        // A scrape comes within a second, half a second after the figure on average.
        long looks = Duration.between(since, clock.instant().plus(SETTLED)).dividedBy(interval) + 1;
        Processes.passUntil(since.plus(interval.multipliedBy(looks)).plus(into).minus(SCRAPE.dividedBy(2)));
        target.breach(service);
        Instant seen = await("the breach of " + service, GLANCE, PATIENCE, () -> breached(service, world.prometheus()));
        Duration longest = interval.plus(PATIENCE);
        Instant call = await(
                "the rollback of " + service,
                PAUSE,
                longest,
                () -> world.cluster().writeTimes("deployments", service, "bridge").stream()
                        .filter(seen::isBefore)
                        .findFirst()
                        .orElse(null));
        JsonNode end = world.connection()
                .client()
                .newUntypedWorkflowStub(Requests.workflowId(service))
                .getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, JsonNode.class);
        if (!end.toString().contains("ROLLED_BACK")) {
            throw new IllegalStateException(service + " was not rolled back: " + end);
        }
        long before = Duration.between(since, seen).dividedBy(interval);
        Instant due = since.plus(interval.multipliedBy(before + 1));
        double share = 1 - Duration.between(seen, due).toMillis() / (double) interval.toMillis();
        return new Trial(Duration.between(seen, call), share, Duration.between(due, call));
    }

    /** When the breach could be queried: when the first query that shows it was sent; null if it cannot yet. */
    private @Nullable Instant breached(String service, PrometheusServer prometheus) throws Exception {
        String query = URLEncoder.encode("breach{service=\"" + service + "\"} == 1", StandardCharsets.UTF_8);
        URI uri = prometheus.uri().resolve("/api/v1/query?query=" + query);
        Instant sent = clock.instant();
        String answer = http.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        boolean shown =
                !Json.mapper().readTree(answer).path("data").path("result").isEmpty();
        return shown ? sent : null;
    }

    private <T> T await(String what, Duration pause, Duration longest, Callable<@Nullable T> look) {
        Instant end = clock.instant().plus(longest);
        Optional<T> found = Optional.ofNullable(Processes.wait(look));
        while (found.isEmpty()) {
            if (clock.instant().isAfter(end)) {
                throw new IllegalStateException(what + " did not come within " + longest);
            }
            Processes.pass(pause);
            found = Optional.ofNullable(Processes.wait(look));
        }
        return found.get();
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static String service(Duration interval, int trial) {
        return "breach-" + interval.toSeconds() + "-" + (trial + 1);
    }

    private static String plan(String service, Duration interval) {
        return """
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
                      - id: rollout
                        title: Roll out
                        uses: kubernetes.apply
                        with:
                          namespace: %1$s
                          force: true
                          manifest: |
                %3$s
                      - id: ready
                        title: The second revision serves
                        uses: kubernetes.rolloutStatus
                        with: {namespace: %1$s, deployment: bridge, stableFor: 1s}
                soak:
                  checks:
                    - id: breach
                      title: Breach
                      uses: prometheus.query
                      with: {query: 'breach{service="%1$s"}'}
                      figure: result.value
                      failureCondition: result.value > 0.5
                      failureLimit: 0
                  windows:
                    - {id: watch, title: Watch, duration: 1h, interval: %4$s}
                rollback:
                  restore:
                    - id: former
                      title: The former revision serves
                      undoes: [rollout]
                      uses: kubernetes.undoRollout
                      with: {namespace: %1$s, deployment: bridge, toRevision: "${{ steps.rollout.before.objects[0].revision }}"}
                """.formatted(
                        service, Requests.ENVIRONMENT, deployment(service, 2).indent(12), interval);
    }

    private static String deployment(String namespace, int version) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: bridge, namespace: %s}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: bridge}}
                  template:
                    metadata: {labels: {app: bridge}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - name: app
                        image: registry.test/bridge:%d
                """.formatted(namespace, version);
    }
}
