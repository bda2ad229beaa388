package io.longwatch.system.release;

import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.sandbox.bridge.EventStore;
import io.longwatch.sandbox.bridge.Fleet;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.sandbox.git.GitRemote;
import io.longwatch.sandbox.grafana.GrafanaStandIn;
import io.longwatch.sandbox.kafka.KafkaBroker;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.PrometheusServer;
import io.longwatch.system.parts.RedisServer;
import io.longwatch.system.parts.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one release takes place: namespaces of the cluster and of Temporal, a database, a broker, a Redis, a Git remote, a
 * Prometheus, and the links by which its workers reach them. Played are the kubelet, the pods' network, the load balancer,
 * Prometheus' sidecar, and Grafana.
 */
final class Site implements AutoCloseable {
    private static final String READ_WRITE = "*";

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
        Link toKafka = link(System.KAFKA, Link.ahead());
        kafka = opened.add(KafkaBroker.behind(toKafka.port()));
        toKafka.leadTo(port(kafka.bootstrapServers()));
        RedisServer redis =
                opened.add(RedisServer.start(Files.createDirectories(folder.resolve("redis")), "--maxmemory", "6gb"));
        String database = FormerBridge.makeDatabase(world.postgres(), name);
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
        grant(cluster);
        opened.add(new PlayedKubelet(cluster, name, fleet, network, Files.createDirectories(folder.resolve("pods"))));
        former.deploy(secrets.ofTheBridge());
        former.leaveData(store, kafka.bootstrapServers());
        PrometheusServer prometheus = opened.add(PrometheusServer.start(
                Files.createDirectories(folder.resolve("prometheus")), PlayedSidecar.own(network), "groups: []\n"));
        opened.add(new PlayedSidecar(cluster.client(), monitoring(), network, prometheus));
        GrafanaStandIn grafana = opened.add(new GrafanaStandIn(
                new RealQueries(prometheus.uri()), secrets.value("grafana-token"), Clock.systemUTC()));
        PlayedLoadBalancer balancer = opened.add(new PlayedLoadBalancer(cluster.client(), name, fleet));
        link(System.POSTGRES, Link.to(world.postgres().port()));
        link(System.REDIS, Link.to(redis.uri().getPort()));
        link(System.KUBERNETES, Link.to(cluster.uri().getPort()));
        link(System.PROMETHEUS, Link.to(prometheus.uri().getPort()));
        config = Files.writeString(
                folder.resolve("worker.yaml"), configuration(grafana.uri(), balancer.uri(), database));
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

    private void grant(ControlPlane cluster) {
        for (String namespace : List.of(name, monitoring())) {
            cluster.grant(
                    ControlPlane.LONGWATCH,
                    namespace,
                    new PolicyRuleBuilder()
                            .withApiGroups("", "apps", "autoscaling", "discovery.k8s.io", "events.k8s.io", "policy")
                            .withResources(READ_WRITE)
                            .withVerbs(READ_WRITE)
                            .build());
        }
    }

    private String configuration(URI grafana, URI balancer, String database) {
        URI cluster = URI.create("https://127.0.0.1:" + port(System.KUBERNETES));
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
                      cluster: {kind: kubernetes, kubeconfig: "%s"}
                      metrics: {kind: prometheus, url: "http://127.0.0.1:%d"}
                      dashboards: {kind: grafana, url: "%s", token: %s}
                      public-api: {kind: http, url: "%s"}
                      slack: {kind: slack, botToken: %s, baseUrl: "%s"}
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
                                world.cluster().kubeconfig(ControlPlane.LONGWATCH, name, cluster),
                                port(System.PROMETHEUS),
                                grafana,
                                secrets.reference("grafana-token"),
                                balancer,
                                secrets.kept("slack-token", world.slack().botToken()),
                                world.slack().baseUrl())
                + secrets.ofSteps()
                + world.team().people()
                + "proofs: {channels: [cli]}\n";
    }

    private int port(System system) {
        return links.get(system).port();
    }

    /** Starts a worker as a process of its own and waits until it is ready. */
    ServerProcess startWorker() throws Exception {
        int port = ServerProcess.freePort();
        Path own = Files.writeString(
                folder.resolve("worker-" + port + ".yaml"),
                Files.readString(config).replace("LISTEN", Integer.toString(port)));
        return world.whileTemporalServes(
                () -> opened.add(shell.worker(own)).await(Duration.ofSeconds(90), () -> Longwatch.ready(port)));
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
