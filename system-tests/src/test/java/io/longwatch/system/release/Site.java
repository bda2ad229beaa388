package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.sandbox.bridge.EventStore;
import io.longwatch.sandbox.bridge.Fleet;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.sandbox.git.GitRemote;
import io.longwatch.sandbox.grafana.GrafanaStandIn;
import io.longwatch.sandbox.kafka.KafkaBroker;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.sandbox.slack.SlackStandIn;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.Parts;
import io.longwatch.system.parts.PrometheusServer;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one release takes place: namespaces of the cluster and of Temporal, a database, a broker, a Redis, a Git remote, a
 * Prometheus, and the links by which its workers reach them. Played are the kubelet, the pods' network, the load balancer,
 * Prometheus' sidecar, and Grafana.
 */
final class Site implements AutoCloseable {
    private static final String DASHBOARD = "/api/dashboards/uid/biometric-bridge";
    private static final int COMMAND_TAKES = 30;

    private final RealWorld world;
    private final String name;
    private final String version;
    private final Path folder;
    private final Opened opened;
    private final Map<System, Link> links = new LinkedHashMap<>();
    private final Connection temporal;
    private final GitRemote source;
    private final KafkaBroker kafka;
    private final Secrets secrets;
    private final PlayedLoadBalancer balancer;
    private final GrafanaStandIn grafana;
    private final SlackStandIn slack;
    private final String ledger;
    private final Path told;
    private final Path plan;
    private final Path config;
    private final Longwatch shell;

    /** What a worker reaches by a link that can be cut. */
    enum System {
        POSTGRES,
        KAFKA,
        REDIS,
        KUBERNETES,
        PROMETHEUS
    }

    private Site(RealWorld world, String name, String version, Misbehaviour misbehaviour, Path folder, Opened opened)
            throws Exception {
        this.world = world;
        this.name = name;
        this.version = version;
        this.folder = folder;
        this.opened = opened;
        temporal = opened.add(world.connectTo(name));
        ControlPlane cluster = world.cluster();
        secrets = Secrets.madeIn(Files.createDirectories(folder.resolve("secrets")));
        source = opened.add(GitRemote.seededFrom(FormerBridge.repository(folder.resolve("repository")), now()));
        bare("config", "core.logAllRefUpdates", "always");
        Link toKafka = link(System.KAFKA, Link.ahead());
        kafka = opened.add(KafkaBroker.behind(toKafka.port()));
        toKafka.leadTo(port(kafka.bootstrapServers()));
        RedisServer redis =
                opened.add(RedisServer.start(Files.createDirectories(folder.resolve("redis")), "--maxmemory", "6gb"));
        String database = FormerBridge.makeDatabase(world.postgres(), name);
        ledger = "jdbc:postgresql://127.0.0.1:" + world.postgres().port() + "/"
                + FormerBridge.makeLedger(world.postgres(), name);
        EventStore store = opened.add(new EventStore(
                "jdbc:postgresql://127.0.0.1:" + world.postgres().port() + "/" + database,
                world.postgres().user(),
                kafka.bootstrapServers(),
                Clock.systemUTC()));
        Fleet fleet =
                opened.add(new Fleet(store, secrets::ofTheBridge, misbehaviour, deployed -> {}, Clock.systemUTC()));
        PodNetwork network = opened.add(new PodNetwork(fleet, folder));
        FormerBridge former = new FormerBridge(cluster, name, world.registry().host());
        former.namespaces();
        world.access().allowIn(name);
        world.access().allowIn(monitoring());
        opened.add(new PlayedKubelet(cluster, name, fleet, network, Files.createDirectories(folder.resolve("pods"))));
        former.deploy(secrets.ofTheBridge());
        former.leaveData(store, kafka.bootstrapServers());
        PrometheusServer prometheus = opened.add(PrometheusServer.start(
                Files.createDirectories(folder.resolve("prometheus")), PlayedSidecar.own(network), "groups: []\n"));
        opened.add(new PlayedSidecar(cluster.client(), monitoring(), network, prometheus));
        grafana = opened.add(new GrafanaStandIn(
                new RealQueries(prometheus.uri()), secrets.value("grafana-token"), Clock.systemUTC()));
        slack = opened.add(SlackStandIn.start(Clock.systemUTC()));
        slack.channel("biometric-bridge");
        balancer = opened.add(new PlayedLoadBalancer(cluster.client(), name, fleet));
        link(System.POSTGRES, Link.to(world.postgres().port()));
        link(System.REDIS, Link.to(redis.uri().getPort()));
        link(System.KUBERNETES, Link.to(cluster.uri().getPort()));
        link(System.PROMETHEUS, Link.to(prometheus.uri().getPort()));
        told = folder.resolve("told");
        plan = AurenPlan.withStepsThatCount(folder.resolve("plan"));
        config = Files.writeString(folder.resolve("worker.yaml"), configuration(database));
        shell = new Longwatch(
                world.installation(), Files.createDirectories(folder.resolve("shell")), world.temporal(), name);
    }

    static Site open(RealWorld world, String name, String version, Misbehaviour misbehaviour, Path folder)
            throws Exception {
        Opened opened = new Opened();
        try {
            return new Site(world, name, version, misbehaviour, folder, opened);
        } catch (Exception e) {
            opened.close();
            throw e;
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private Link link(System system, Link link) {
        links.put(system, opened.add(link));
        return link;
    }

    private static int port(String hostAndPort) {
        return Integer.parseInt(hostAndPort.substring(hostAndPort.indexOf(':') + 1));
    }

    private String configuration(String database) {
        return """
            temporal: {address: "%s", namespace: %s}
            listen: {port: LISTEN}
            environments:
              production:
                connections:
                  source: {kind: git, url: "%s"}
                  registry: {kind: image, host: "%s", insecure: true}
                  aws: {kind: cloud, provider: aws, region: eu-central-1, endpointOverride: "%s", %s, %s}
                  events-db: {kind: postgres, url: "jdbc:postgresql://127.0.0.1:%d/%s", user: %s}
                  events: {kind: kafka, bootstrapServers: "127.0.0.1:%d"}
                  cache: {kind: redis, uri: "redis://127.0.0.1:%d"}
                  cluster: {kind: kubernetes, masterUrl: "https://127.0.0.1:%d", token: %s, %s, namespace: %s}
                  metrics: {kind: prometheus, url: "http://127.0.0.1:%d"}
                  dashboards: {kind: grafana, url: "%s", token: %s}
                  public-api: {kind: http, url: "%s"}
                  slack: {kind: slack, botToken: %s, baseUrl: "%s"}
                  commands: {kind: command, allow: {tell-the-neighbours: {argv: [sh, -c, '%s']}}}
                secrets:
            """.formatted(
                                world.temporal().address(),
                                name,
                                source.url(),
                                world.registry().host(),
                                world.cloud().endpoint(),
                                "accessKeyId: " + secrets.reference("aws-access-key"),
                                "secretAccessKey: " + secrets.reference("aws-secret-key"),
                                port(System.POSTGRES),
                                database,
                                world.postgres().user(),
                                port(System.KAFKA),
                                port(System.REDIS),
                                port(System.KUBERNETES),
                                secrets.kept("cluster-token", world.access().token()),
                                "caFile: \"" + world.cluster().caFile() + "\"",
                                name,
                                port(System.PROMETHEUS),
                                grafana.uri(),
                                secrets.reference("grafana-token"),
                                balancer.uri(),
                                secrets.kept("slack-token", slack.botToken()),
                                slack.baseUrl(),
                                "echo $PPID >> " + told + "; sleep " + COMMAND_TAKES + "; echo >> " + told + ".ended")
                + secrets.ofSteps()
                + world.team().people()
                + "proofs: {channels: [cli]}\n"
                + "ledger: {url: \"" + ledger + "\", user: " + world.postgres().user() + "}\n";
    }

    private int port(System system) {
        return links.get(system).port();
    }

    /** Starts a worker as a process of its own and waits until it is ready. */
    ServerProcess startWorker() throws Exception {
        int port = FreePort.find();
        Path own = Files.writeString(
                folder.resolve("worker-" + port + ".yaml"),
                Files.readString(config).replace("LISTEN", Integer.toString(port)));
        return world.whileTemporalServes(
                () -> opened.add(shell.worker(own)).await(Duration.ofMinutes(3), () -> Longwatch.ready(port)));
    }

    /** What the plan has to be told of this place. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("version", version);
        parameters.put("namespace", name);
        parameters.put("monitoringNamespace", monitoring());
        parameters.put("brokers", "1");
        parameters.put("replicationFactor", "1");
        parameters.put("builder", "jib");
        parameters.put("publicAddress", "false");
        return parameters;
    }

    /** Someone writes into the runbook what the release has taught. */
    void writeRunbook() throws IOException {
        source.commit("robin", now(), Map.of("docs/runbook.md", "Memory grows in the first hour.\n"));
    }

    String name() {
        return name;
    }

    String monitoring() {
        return name + "-monitoring";
    }

    String database() {
        return FormerBridge.databaseOf(name);
    }

    String version() {
        return version;
    }

    /** The plan with steps that count. */
    Path plan() {
        return plan;
    }

    SlackStandIn slack() {
        return slack;
    }

    PlayedLoadBalancer balancer() {
        return balancer;
    }

    /** The ledger's address, {@code jdbc:postgresql:...}. */
    String ledger() {
        return ledger;
    }

    /** Process ids of the workers that ran the command, a line each time. */
    List<String> told() {
        try {
            return Files.exists(told) ? Files.readAllLines(told) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the command was begun and has not ended. */
    boolean commandRuns() {
        return !told().isEmpty() && !Files.exists(Path.of(told + ".ended"));
    }

    /** What Git says of the remote's repository. */
    List<String> bare(String... arguments) {
        Path said = folder.resolve("git-" + java.lang.System.nanoTime() + ".log");
        List<String> command = new ArrayList<>(List.of(
                Parts.installed("git").toString(),
                "--git-dir",
                Path.of(source.url()).toString()));
        command.addAll(List.of(arguments));
        ServerProcess.run("git", said, command, Duration.ofMinutes(3));
        try {
            return Files.readAllLines(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The dashboard as Grafana shows it. */
    JsonNode dashboard() {
        try {
            return FarSide.json(HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(grafana.uri().resolve(DASHBOARD))
                                    .header("Authorization", "Bearer " + secrets.value("grafana-token"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    Link link(System system) {
        return links.get(system);
    }

    Connection temporal() {
        return temporal;
    }

    GitRemote source() {
        return source;
    }

    KafkaBroker kafka() {
        return kafka;
    }

    KubernetesClient cluster() {
        return world.cluster().client();
    }

    RealWorld world() {
        return world;
    }

    Team team() {
        return world.team();
    }

    Longwatch shell() {
        return shell;
    }

    @Override
    public void close() {
        opened.close();
    }
}
