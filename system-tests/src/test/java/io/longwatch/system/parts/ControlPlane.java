package io.longwatch.system.parts;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes control plane on loopback: etcd, API server, controllers and scheduler. Its one node is simulated by
 * kwok, so no container runs: pods become ready by the tag of their image (see {@code control-plane-pods.yaml}), all of
 * them write the lines of {@link #podLog()}, and a port-forward to one leads to where {@link #forward} says, unless a
 * single pod is told otherwise.
 *
 * <p>{@link #ADMIN} may do everything. {@link #LONGWATCH} and {@link #SOMEONE} may do nothing until {@link #grant} lets
 * them.
 */
public final class ControlPlane implements AutoCloseable {
    public static final String ADMIN = "admin";
    public static final String LONGWATCH = "longwatch";
    public static final String SOMEONE = "someone";
    public static final String NODE = "node-1";

    /** CPUs of the node; a pod that asks for more is never scheduled. */
    public static final int CPUS = 16;

    private static final String KWOK = "kwok.x-k8s.io/v1alpha1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Map<String, String> USERS =
            Map.of(ADMIN, "system:masters", LONGWATCH, "releases", SOMEONE, "people");

    private static final Pattern RECEIVED = Pattern.compile("\"requestReceivedTimestamp\":\"([^\"]+)\"");

    private static @Nullable ControlPlane shared;

    private final ControlPlaneFiles files = ControlPlaneFiles.create(USERS);
    private final Deque<ControlPlaneProcess> others = new ArrayDeque<>();
    private final Map<Integer, InetSocketAddress> ports = new TreeMap<>();
    private final int etcdPort = FreePort.find();
    private final int port = FreePort.find();
    private final int nodePort = FreePort.find();
    private final KubernetesClient client;
    private @Nullable ControlPlaneProcess apiServer;
    private @Nullable ControlPlaneProcess kwok;
    private Duration startup = Duration.ZERO;

    private ControlPlane() {
        long began = System.nanoTime();
        try {
            client = begin();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        startup = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("control plane ready at " + uri() + " after " + startup.toMillis() + " ms");
    }

    /** Starts one with the namespaces {@code default} and {@code production}, ready for Deployments. */
    public static ControlPlane start() {
        return new ControlPlane();
    }

    /** One for all tests of this JVM, started when first asked for and stopped with it. Never close it. */
    public static synchronized ControlPlane shared() {
        if (shared == null) {
            ControlPlane started = start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "end of the shared control plane"));
            shared = started;
        }
        return shared;
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** The administrator's client. */
    public KubernetesClient client() {
        return client;
    }

    public Path caFile() {
        return files.at("certificates/apiserver.crt");
    }

    /** Kubeconfig file of a user, whose current context names the namespace. */
    public Path kubeconfig(String user, String namespace) {
        return files.kubeconfig(user, uri(), namespace);
    }

    /** The same for a server that stands between, such as a proxy on loopback. */
    public Path kubeconfig(String user, String namespace, URI server) {
        return files.kubeconfig(user, server, namespace);
    }

    /** File whose lines every pod writes, as the container runtime keeps them: {@code 2026-01-01T00:00:00Z stdout F text}. */
    public Path podLog() {
        return files.at("pods.log");
    }

    public Duration startup() {
        return startup;
    }

    /** Makes a namespace and waits until pods can be made in it. */
    public void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        eventually("namespace " + name + " has its default service account", () -> hasServiceAccount(name));
    }

    /** Lets a user do something in a namespace. */
    public void grant(String user, String namespace, PolicyRule... rules) {
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(user)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .serverSideApply();
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(user)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", user)
                        .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                        .build())
                .serverSideApply();
    }

    /** How many writes of the user {@link #LONGWATCH} the API server has let through, by its audit log. */
    public long writes(String verb, String resource, String namespace, String name) {
        return files.lines("audit.log").stream()
                .filter(line -> line.contains("\"verb\":\"" + verb + "\""))
                .filter(line -> line.contains("\"resource\":\"" + resource + "\",\"namespace\":\"" + namespace
                        + "\",\"name\":\"" + name + "\""))
                .filter(line -> line.matches(".*\"code\":20[01].*"))
                .count();
    }

    /** The watches in a namespace that the user {@link #LONGWATCH} asked for, granted or not, by the audit log. */
    public List<String> watches(String namespace) {
        return files.lines("audit.log").stream()
                .filter(line ->
                        line.contains("\"verb\":\"watch\"") && line.contains("\"namespace\":\"" + namespace + "\""))
                .toList();
    }

    /** File of the API server's audit log; of the worker's account it holds what each write left behind. */
    public Path auditLog() {
        return files.at("audit.log");
    }

    /** From now on a port-forward to this port of a pod leads there. */
    public void forward(String namespace, String pod, int podPort, InetSocketAddress target) {
        tell(
                namespace,
                pod,
                "PortForward",
                Map.of(
                        "forwards",
                        List.of(Map.of(
                                "ports",
                                List.of(podPort),
                                "target",
                                Map.of("address", target.getHostString(), "port", target.getPort())))));
    }

    /** From now on a pod writes the lines of that file, as the container runtime keeps them. */
    public void podLog(String namespace, String pod, Path file) {
        tell(namespace, pod, "Logs", Map.of("logs", List.of(Map.of("logsFile", file.toString(), "follow", false))));
    }

    private void tell(String namespace, String pod, String kind, Map<String, Object> spec) {
        GenericKubernetesResource told = new GenericKubernetesResource();
        told.setApiVersion(KWOK);
        told.setKind(kind);
        told.setMetadata(
                new ObjectMetaBuilder().withName(pod).withNamespace(namespace).build());
        told.setAdditionalProperty("spec", spec);
        client.genericKubernetesResources(KWOK, kind)
                .inNamespace(namespace)
                .resource(told)
                .serverSideApply();
    }

    /** When the API server received the writes of the user {@link #LONGWATCH} to an object, the first first. */
    public List<Instant> writeTimes(String resource, String namespace, String name) {
        return files.lines("audit.log").stream()
                .filter(line -> line.contains("\"resource\":\"" + resource + "\",\"namespace\":\"" + namespace
                        + "\",\"name\":\"" + name + "\""))
                .map(RECEIVED::matcher)
                .filter(Matcher::find)
                .map(received -> Instant.parse(received.group(1)))
                .sorted()
                .toList();
    }

    /** From now on a port-forward to this port of any pod leads to the given address. */
    public void forward(int podPort, InetSocketAddress target) {
        ports.put(podPort, target);
        stop(kwok);
        // Else its successor would wait until the lease has run out.
        client.leases().inNamespace("kube-node-lease").withName(NODE).delete();
        kwok = startKwok();
    }

    /** Ends the API server as a crash does. What is stored stays in etcd. */
    public void stopApiServer() {
        stop(apiServer);
        apiServer = null;
    }

    /** Starts it again at the same address, and waits until it serves. */
    public void startApiServer() {
        if (apiServer == null) {
            apiServer = startApiServerProcess();
            eventually("the API server is ready", this::isServing);
        }
    }

    public void restartApiServer() {
        stopApiServer();
        startApiServer();
    }

    /** Compacts etcd: from now on no former version of any object can be read from it. */
    public void forgetHistory() {
        String revision = etcd("range", "{\"key\":\"AA==\"}").replaceAll(".*\"revision\":\"(\\d+)\".*", "$1");
        etcd("compaction", "{\"revision\":" + revision + ",\"physical\":true}");
    }

    @Override
    public void close() {
        client.close();
        stop();
    }

    private void stop() {
        stop(kwok);
        while (!others.isEmpty()) {
            others.pop().close();
        }
        stop(apiServer);
        files.delete();
    }

    private static void stop(@Nullable ControlPlaneProcess process) {
        if (process != null) {
            process.close();
        }
    }

    private KubernetesClient begin() {
        others.push(startEtcd());
        apiServer = startApiServerProcess();
        eventually(
                "the API server has made its certificate",
                () -> caFile().toFile().length() > 0);
        KubernetesClient admin = open();
        eventually("the API server is ready", () -> isServing(admin));
        others.push(startControllers());
        others.push(startScheduler());
        admin.load(ControlPlane.class.getResourceAsStream("control-plane-kinds.yaml"))
                .create();
        eventually("kwok's kinds are served", () -> servesKinds(admin));
        kwok = startKwok();
        admin.resource(node()).create();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("production")
                        .endMetadata()
                        .build())
                .create();
        awaitDeployment(admin);
        return admin;
    }

    private String etcd(String call, String body) {
        URI address = URI.create("http://127.0.0.1:" + etcdPort + "/v3/kv/" + call);
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException("etcd does not answer at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while etcd answered", e);
        }
    }

    private ControlPlaneProcess startEtcd() {
        String here = "http://127.0.0.1:" + etcdPort;
        String peers = "http://127.0.0.1:" + FreePort.find();
        return run(
                Parts.installed("etcd"),
                "--name=parts",
                "--data-dir=" + files.at("etcd"),
                "--listen-client-urls=" + here,
                "--advertise-client-urls=" + here,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=parts=" + peers,
                "--log-level=error");
    }

    private ControlPlaneProcess startApiServerProcess() {
        return run(
                Parts.cached("kubernetes", "bin/kube-apiserver"),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + files.at("certificates"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + files.at("accounts.pub"),
                "--service-account-signing-key-file=" + files.at("accounts.key"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + files.at("tokens.csv"),
                "--service-cluster-ip-range=10.0.0.0/24",
                // etcd before 3.4.25 has no progress requests, without which lists by watch fail half-way.
                "--feature-gates=WatchList=false",
                "--kubelet-preferred-address-types=InternalIP",
                "--audit-policy-file=" + files.at("control-plane-audit.yaml"),
                "--audit-log-path=" + files.at("audit.log"));
    }

    private ControlPlaneProcess startControllers() {
        return run(
                Parts.cached("kubernetes", "bin/kube-controller-manager"),
                "--kubeconfig=" + kubeconfig(ADMIN, "default"),
                "--service-account-private-key-file=" + files.at("accounts.key"),
                "--leader-elect=false",
                "--secure-port=0",
                "--horizontal-pod-autoscaler-sync-period=2s");
    }

    private ControlPlaneProcess startScheduler() {
        return run(
                Parts.cached("kubernetes", "bin/kube-scheduler"),
                "--kubeconfig=" + kubeconfig(ADMIN, "default"),
                "--leader-elect=false",
                "--secure-port=0");
    }

    private ControlPlaneProcess startKwok() {
        return run(
                Parts.cached("kwok", "bin/kwok"),
                "--kubeconfig=" + kubeconfig(ADMIN, "default"),
                "--config=" + files.simulation(ports),
                "--enable-crds=PortForward,Logs",
                "--manage-all-nodes=true",
                "--cidr=10.10.0.0/16",
                "--node-lease-duration-seconds=40",
                "--node-ip=127.0.0.1",
                "--node-port=" + nodePort,
                "--server-address=127.0.0.1:" + nodePort,
                "--tls-cert-file=" + caFile(),
                "--tls-private-key-file=" + files.at("certificates/apiserver.key"));
    }

    private ControlPlaneProcess run(Path program, String... options) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of(options));
        return ControlPlaneProcess.start(files.at(""), command);
    }

    private KubernetesClient open() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(uri().toString())
                .withCaCertFile(caFile().toString())
                .withOauthTokenProvider(() -> ADMIN + "-of-the-parts")
                .withNamespace("default")
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(5_000)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Node node() {
        Map<String, Quantity> capacity = Map.of(
                "cpu",
                new Quantity(Integer.toString(CPUS)),
                "memory",
                new Quantity("64Gi"),
                "pods",
                new Quantity("500"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(NODE)
                .addToLabels("kubernetes.io/hostname", NODE)
                .endMetadata()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .endStatus()
                .build();
    }

    /** A Deployment becomes ready only if every program does its part. */
    private void awaitDeployment(KubernetesClient admin) {
        eventually("kube-system has its default service account", () -> hasServiceAccount(admin, "kube-system"));
        var made = admin.resource(trial()).create();
        var live = admin.resource(made);
        eventually("a Deployment becomes ready", () -> {
            Deployment now = live.get();
            return now.getStatus() != null
                    && Integer.valueOf(1).equals(now.getStatus().getReadyReplicas());
        });
        live.delete();
    }

    private static Deployment trial() {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName("trial")
                .withNamespace("kube-system")
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewSelector()
                .addToMatchLabels("app", "trial")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "trial")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("trial")
                .withImage("registry.test/trial:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static boolean servesKinds(KubernetesClient admin) {
        return admin.genericKubernetesResources(KWOK, "Logs").inAnyNamespace().list() != null
                && admin.genericKubernetesResources(KWOK, "PortForward")
                                .inAnyNamespace()
                                .list()
                        != null;
    }

    private boolean isServing() {
        return isServing(client);
    }

    private static boolean isServing(KubernetesClient admin) {
        try {
            return "ok".equals(admin.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private boolean hasServiceAccount(String namespace) {
        return hasServiceAccount(client, namespace);
    }

    private static boolean hasServiceAccount(KubernetesClient admin, String namespace) {
        return admin.serviceAccounts()
                        .inNamespace(namespace)
                        .withName("default")
                        .get()
                != null;
    }

    /** Waits until a condition holds; what the API server cannot answer yet, it cannot answer yet. */
    private void eventually(String what, Callable<Boolean> condition) {
        var wait = await(what).atMost(PATIENCE).pollInterval(GLANCE).ignoreException(KubernetesClientException.class);
        wait.until(() -> {
            others.forEach(ControlPlaneProcess::check);
            if (apiServer != null) {
                apiServer.check();
            }
            return condition.call();
        });
    }
}
