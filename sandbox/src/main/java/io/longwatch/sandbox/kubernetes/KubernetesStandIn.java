package io.longwatch.sandbox.kubernetes;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * A stand-in of the Kubernetes API on the loopback address: a model, not canned replies. It keeps objects with resource
 * versions, generations and managed fields; takes server-side apply with conflicts, JSON, merge and strategic merge
 * patches; and moves Deployments, ReplicaSets, pods, Services, and HorizontalPodAutoscalers' bounds by the injected clock,
 * whenever a request comes in or {@link #tick()} is called. Hours that the clock skips are lived through in their order.
 *
 * <p>How pods behave is said per image by {@link #behave}. Effects are counted in {@link #requests()}.
 *
 * <p>What it does not model: containers (nothing runs; a forwarded port leads where the behaviour says), resources and
 * affinity of nodes, graceful termination (a deleted pod is gone at once), admission webhooks and quotas, RBAC beyond
 * {@link #permissions()}, Jobs, CronJobs, StatefulSets, Ingress controllers and metrics, custom resource definitions,
 * paging of lists, printed tables, OpenAPI documents, Protobuf bodies, exec and attach, following a log, and port-forward over SPDY. Of the
 * schema it knows how the lists of the built-in kinds merge; it does not reject unknown fields.
 */
public final class KubernetesStandIn implements AutoCloseable {
    private final Map<String, PodBehaviour> behaviours = new ConcurrentHashMap<>();
    private final Gate gate = new Gate();
    private final Cluster cluster;
    private final ApiServer server;
    private volatile PodModel otherwise = container -> PodBehaviour.readyAfter(Duration.ofSeconds(5));

    private KubernetesStandIn(Clock clock) {
        this.cluster = new Cluster(clock, this::behaviourOf);
        this.server = new ApiServer(cluster, gate);
    }

    /** Starts it on a free port, with the namespaces default and kube-system and two nodes. */
    public static KubernetesStandIn start(Clock clock) {
        return new KubernetesStandIn(clock);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** From now on the containers of this image behave so; those that live already do, too. */
    public void behave(String image, PodBehaviour behaviour) {
        behaviours.put(image, behaviour);
        tick();
    }

    /** How the containers of all other images behave. Without it they are ready after 5 s. */
    public void behave(PodModel model) {
        otherwise = model;
        tick();
    }

    /** Tells from now on of every pod that is gone, by name, and when; the listener must not call back. */
    public void onPodGone(BiConsumer<String, Instant> listener) {
        cluster.onPodGone(listener);
    }

    private PodBehaviour behaviourOf(PodModel.Container container) {
        PodBehaviour named = behaviours.get(container.image());
        return named == null ? otherwise.behaviourOf(container) : named;
    }

    /** Lets the controllers do what is due by the clock. */
    public void tick() {
        cluster.tick();
    }

    /** Requests without this bearer token are answered with 401. */
    public void requireToken(String token) {
        gate.requireToken(token);
    }

    /** Forgets former changes: a watch from an older resource version is answered with 410. */
    public void forgetChanges() {
        cluster.at(store -> {
            store.compact();
            return store;
        });
    }

    public KubernetesRequests requests() {
        return gate.requests();
    }

    public KubernetesFaults faults() {
        return gate.faults();
    }

    public KubernetesPermissions permissions() {
        return gate.permissions();
    }

    @Override
    public void close() {
        server.close();
    }
}
