package io.longwatch.sandbox.world;

import io.longwatch.activities.cloud.CloudConnection;
import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.grafana.GrafanaConnection;
import io.longwatch.activities.http.HttpConnection;
import io.longwatch.activities.image.RegistryConnection;
import io.longwatch.activities.kafka.KafkaConnection;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.activities.postgres.PostgresConnection;
import io.longwatch.activities.prometheus.PrometheusConnection;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.sandbox.bridge.EventStore;
import io.longwatch.sandbox.bridge.Fleet;
import io.longwatch.sandbox.cloud.CloudStandIn;
import io.longwatch.sandbox.git.GitRemote;
import io.longwatch.sandbox.grafana.GrafanaStandIn;
import io.longwatch.sandbox.kubernetes.KubernetesStandIn;
import io.longwatch.sandbox.prometheus.PrometheusStandIn;
import io.longwatch.sandbox.registry.RegistryStandIn;
import io.longwatch.sandbox.slack.SlackStandIn;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the release of the biometric bridge touches, on loopback and free ports: PostgreSQL, Kafka and Redis as
 * they are, stand-ins of all else, and version 1.9 of the bridge deployed on two nodes. Closing it, also half-started,
 * stops all of it and leaves no file behind.
 *
 * <p>Time is the given clock's. The servers keep the machine's; what the sandbox writes to them carries the clock's.
 */
public final class SandboxWorld implements AutoCloseable {
    static {
        // Read once, by the first of the JDK's servers: without it each of their answers waits 40 ms to be
        // acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** The environment whose connections these are. */
    public static final String ENVIRONMENT = "production";
    /** Channel in which the release speaks. */
    public static final String CHANNEL = "biometric-bridge";

    private static final String VERSION = "v2.0";
    private static final List<String> CREDENTIALS = List.of(
            "OURA_ACCESS_TOKEN",
            "WHOOP_CLIENT_ID",
            "WHOOP_CLIENT_SECRET",
            "HEALTHKIT_API_KEY",
            "OURA_WEBHOOK_SECRET",
            "WHOOP_WEBHOOK_SECRET");
    private static final List<String> OF_STEPS =
            List.of("OURA_WEBHOOK_SECRET", "WHOOP_WEBHOOK_SECRET", "HEALTHKIT_API_KEY");
    private static final Duration OUTAGE_FROM = Duration.ofHours(10);
    private static final Duration OUTAGE = Duration.ofHours(2);
    /** Between scrapes. */
    private static final Duration USUAL = Duration.ofSeconds(15);

    private static final Duration OFTEN = Duration.ofSeconds(2);

    private final Scenario scenario;
    private final Clock clock;
    private final Closing closing;
    private final Secrets secrets;
    private final Servers servers;
    private final KubernetesStandIn kubernetes;
    private final PrometheusStandIn prometheus;
    private final GrafanaStandIn grafana;
    private final CloudStandIn cloud;
    private final RegistryStandIn registry;
    private final SlackStandIn slack;
    private final GitRemote source;
    private final LoadBalancer loadBalancer;

    private SandboxWorld(Scenario scenario, double faster, Clock clock, Closing closing) throws IOException {
        this.scenario = scenario;
        this.clock = clock;
        this.closing = closing;
        CompletableFuture<Servers> starting = Servers.start(closing);
        Path folder = folder(closing);
        secrets = new Secrets(folder);
        HttpClient client = HttpClient.newHttpClient();
        kubernetes = closing.add(KubernetesStandIn.start(clock));
        registry = closing.add(RegistryStandIn.start());
        slack = closing.add(SlackStandIn.start(clock));
        slack.channel(CHANNEL);
        cloud = closing.add(CloudStandIn.start());
        describeCloud(cloud);
        source = closing.add(GitRemote.seededFrom(repository(folder), clock.instant()));
        ClusterApi cluster = new ClusterApi(kubernetes.uri(), client);
        makeSecrets();
        OnDeployment deployed = new OnDeployment(scenario, faster);
        servers = await(starting, closing);
        EventStore store = closing.add(new EventStore(
                servers.postgres().url(),
                servers.postgres().user(),
                servers.kafka().bootstrapServers(),
                clock));
        if (scenario.formerVersion()) {
            new FormerVersion(servers, store).leaveData();
        }
        Fleet fleet = closing.add(new Fleet(
                store,
                () -> cluster.secret(ENVIRONMENT, "biometric-bridge-secrets"),
                scenario.misbehaviour().faster(faster),
                deployed,
                clock));
        kubernetes.onPodGone(fleet::gone);
        kubernetes.behave(fleet);
        makeRoom(cluster);
        if (scenario.formerVersion()) {
            FormerVersion.deploy(cluster, registry.host());
        }
        prometheus = closing.add(new PrometheusStandIn(
                fleet,
                new CollectedFiles(cluster, Resources.text("prometheus.yml")),
                clock,
                faster > 1 ? OFTEN : USUAL));
        deployed.watch(prometheus);
        grafana = closing.add(new GrafanaStandIn(prometheus, secrets.value("grafana-token"), clock));
        loadBalancer = closing.add(new LoadBalancer(cluster, ENVIRONMENT, "biometric-bridge", fleet, client));
    }

    /**
     * Starts the world.
     *
     * @param scenario what goes wrong in it
     * @param clock its time
     * @throws IOException if a part of it does not start; nothing is left running then
     */
    public static SandboxWorld start(Scenario scenario, Clock clock) throws IOException {
        return start(scenario, 1, clock);
    }

    /**
     * Starts a world in a hurry.
     *
     * @param faster how many times sooner than it says the scenario goes wrong, for a plan of minutes
     */
    public static SandboxWorld start(Scenario scenario, double faster, Clock clock) throws IOException {
        Closing closing = Closing.alsoWhenTheProcessEnds();
        try {
            return new SandboxWorld(scenario, faster, clock, closing);
        } catch (IOException | RuntimeException | Error e) {
            closing.close();
            throw e;
        } finally {
            closing.allOpened();
        }
    }

    private static Servers await(CompletableFuture<Servers> starting, Closing closing) throws IOException {
        try {
            return Servers.of(starting);
        } catch (IOException e) {
            closing.close();
            throw e;
        }
    }

    private static Path folder(Closing closing) throws IOException {
        Path folder = Files.createTempDirectory("longwatch-world-");
        closing.add(() -> Folder.remove(folder));
        return folder;
    }

    private static Path repository(Path folder) throws IOException {
        return Resources.repository(Files.createDirectory(folder.resolve("repository")));
    }

    private static void describeCloud(CloudStandIn cloud) {
        cloud.put(new CloudStandIn.Database("biometric-bridge", "available", "db.r5.xlarge", "postgres", "16.4", true));
        cloud.put(new CloudStandIn.Cache("biometric-bridge", "available", "cache.r6g.large", "redis", "7.1", 1));
        cloud.put(new CloudStandIn.Broker("biometric-bridge", "ACTIVE", "kafka.m5.large", "3.6.0", 3));
    }

    private void makeSecrets() throws IOException {
        for (String name : CREDENTIALS) {
            secrets.make(name);
        }
        secrets.make("grafana-token");
        secrets.make("aws-secret-key");
        secrets.keep("aws-access-key", CloudStandIn.ACCESS_KEY);
        secrets.keep("slack-token", slack.botToken());
        secrets.keep("slack-signing", slack.signingSecret());
        secrets.make("proof-key");
    }

    /** Makes what any version of the bridge finds in the cluster, the first one too. */
    private void makeRoom(ClusterApi cluster) {
        for (String namespace : List.of("production", "monitoring")) {
            cluster.create("/api/v1/namespaces", Map.of("metadata", Map.of("name", namespace)));
        }
        cluster.create(
                "/api/v1/namespaces/production/secrets",
                Map.of("metadata", Map.of("name", "biometric-bridge-secrets"), "stringData", inCluster()));
    }

    /** What the bridge's Secret holds: other keys for webhooks than the steps sign with, where the scenario says so. */
    private Map<String, String> inCluster() {
        Map<String, String> values = new LinkedHashMap<>();
        CREDENTIALS.forEach(name -> values.put(name, secrets.value(name)));
        if (scenario.otherKeys()) {
            values.put("OURA_WEBHOOK_SECRET", secrets.random());
            values.put("WHOOP_WEBHOOK_SECRET", secrets.random());
        }
        return values;
    }

    /** The environment's connections by the names that the plan uses. */
    public Map<String, Connection> connections() {
        Map<String, Connection> byName = new LinkedHashMap<>();
        byName.put("source", new GitConnection(source.url(), null, null, null));
        byName.put("registry", new RegistryConnection(registry.host(), null, null, true, null, null));
        byName.put(
                "aws",
                new CloudConnection(
                        "aws",
                        "eu-central-1",
                        cloud.endpoint(),
                        secrets.get("aws-access-key"),
                        secrets.get("aws-secret-key"),
                        null));
        byName.put(
                "events-db",
                new PostgresConnection(
                        servers.postgres().url(), servers.postgres().user(), null, null, null));
        byName.put("events", new KafkaConnection(servers.kafka().bootstrapServers(), null, null, null));
        byName.put("cache", new RedisConnection(servers.redis().uri(), null, null, null));
        byName.put("cluster", new KubernetesConnection(null, null, kubernetes.uri(), null, null, false, ENVIRONMENT));
        byName.put("metrics", new PrometheusConnection(prometheus.uri(), null, null, null, null));
        byName.put("dashboards", new GrafanaConnection(grafana.uri(), secrets.get("grafana-token"), null));
        byName.put("public-api", new HttpConnection(loadBalancer.uri(), null, null));
        byName.put("slack", new SlackConnection(secrets.get("slack-token"), slack.baseUrl(), null));
        return Collections.unmodifiableMap(byName);
    }

    /** The secrets that steps name. */
    public Map<String, Secret> secrets() {
        Map<String, Secret> named = new LinkedHashMap<>();
        OF_STEPS.forEach(name -> named.put(name, secrets.get(name)));
        return Collections.unmodifiableMap(named);
    }

    /** A secret of this world by its name, for the worker that serves it. */
    public Secret secret(String name) {
        return secrets.get(name);
    }

    /** Connections and secrets together, as actions take them. */
    public Connections environment() {
        return new Connections(ENVIRONMENT, connections(), secrets());
    }

    /** What the plan has to be told in this world. */
    public Map<String, String> parameters() {
        return parametersIn(scenario);
    }

    /** What a plan has to be told in any such world, which is smaller than a real one, where a scenario plays. */
    public static Map<String, String> parametersIn(Scenario scenario) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("version", VERSION);
        parameters.put("brokers", "1");
        parameters.put("replicationFactor", "1");
        parameters.put("builder", "jib");
        if (!scenario.formerVersion()) {
            parameters.put("formerVersion", "false");
        }
        return Collections.unmodifiableMap(parameters);
    }

    /** Someone writes into the runbook what the release has taught. */
    public void writeRunbook() throws IOException {
        String path = "docs/runbook.md";
        String learnt = "- " + VERSION + ": the first hour after a deployment shows more memory than the rest.\n";
        source.commit(
                "release-manager",
                clock.instant(),
                Map.of(path, source.content(path).orElse("") + learnt));
    }

    /** The workspace in which people are asked. */
    public SlackStandIn slack() {
        return slack;
    }

    public KubernetesStandIn kubernetes() {
        return kubernetes;
    }

    public GitRemote source() {
        return source;
    }

    @Override
    public void close() {
        closing.close();
    }

    /** What follows the first node of the version that is released. */
    private static final class OnDeployment implements Consumer<Instant> {
        private final Scenario scenario;
        private final double faster;
        private volatile @Nullable PrometheusStandIn prometheus;

        OnDeployment(Scenario scenario, double faster) {
            this.scenario = scenario;
            this.faster = faster;
        }

        void watch(PrometheusStandIn started) {
            prometheus = started;
        }

        @Override
        public void accept(Instant deployed) {
            PrometheusStandIn watched = prometheus;
            if (watched != null && scenario == Scenario.PROMETHEUS_GONE) {
                Instant from = deployed.plus(sooner(OUTAGE_FROM));
                watched.down(from, from.plus(sooner(OUTAGE)));
            }
        }

        private Duration sooner(Duration duration) {
            return Duration.ofMillis((long) (duration.toMillis() / faster));
        }
    }
}
