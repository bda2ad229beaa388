package io.longwatch.sandbox.bridge;

import io.longwatch.sandbox.kubernetes.LogSource.Line;
import io.longwatch.sandbox.kubernetes.PodBehaviour;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ProbeFails;
import io.longwatch.sandbox.kubernetes.PodModel;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.sandbox.prometheus.SeriesSource;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All nodes of the bridge that a cluster runs: starts one for each new pod with the bridge's label, stops it when its pod
 * is gone, and remembers its metrics. The versions told to misbehave are those after 1.
 */
public final class Fleet implements PodModel, SeriesSource, AutoCloseable {
    private static final int PORT = 8000;
    private static final Duration FIRST_LINE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(10);

    private final EventStore store;
    private final Supplier<Map<String, String>> secrets;
    private final Misbehaviour misbehaviour;
    private final Consumer<Instant> deployed;
    private final Clock clock;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "bridge");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<Series> series = List.of();
    private int released;

    /**
     * A fleet without nodes.
     *
     * @param store where nodes keep events
     * @param secrets what their Secret holds, asked for when a webhook comes
     * @param misbehaviour of the version that is released
     * @param deployed told when its first node is created
     * @param clock its time
     */
    public Fleet(
            EventStore store,
            Supplier<Map<String, String>> secrets,
            Misbehaviour misbehaviour,
            Consumer<Instant> deployed,
            Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.misbehaviour = misbehaviour;
        this.deployed = deployed;
        this.clock = clock;
    }

    @Override
    public PodBehaviour behaviourOf(Container container) {
        return "biometric-bridge".equals(container.labels().get("app"))
                ? node(container).behaviour
                : PodBehaviour.readyAfter(Duration.ofSeconds(5));
    }

    private synchronized Node node(Container container) {
        Node known = nodes.get(container.pod());
        if (known == null) {
            known = begin(container);
            nodes.put(container.pod(), known);
            List<Series> more = new ArrayList<>(series);
            more.addAll(known.bridge.series());
            series = List.copyOf(more);
        }
        return known;
    }

    private Node begin(Container container) {
        BridgePod pod = new BridgePod(
                container.namespace(),
                container.pod(),
                container.labels().getOrDefault("version", "v1.0"),
                container.createdAt());
        boolean former = pod.version().startsWith("v1.");
        Misbehaviour own = former ? Misbehaviour.NONE : misbehaviour;
        int ordinal = former ? 0 : ++released;
        if (ordinal == 1) {
            deployed.accept(pod.startedAt());
        }
        Lifetime life = new Lifetime(pod, ordinal, own);
        Bridge bridge = new Bridge(pod, life, own, store, secrets, clock, threads);
        return new Node(life, bridge, behaviour(pod, life, bridge));
    }

    private static PodBehaviour behaviour(BridgePod pod, Lifetime life, Bridge bridge) {
        PodBehaviour behaviour = life.everReady()
                ? PodBehaviour.readyAfter(Lifetime.START)
                : PodBehaviour.neverReady(new ProbeFails(503));
        for (Instant death : life.deaths()) {
            behaviour = behaviour.dyingAt(death, 137, "OOMKilled");
        }
        return behaviour.servedAt(PORT, bridge.address()).writing((container, from, to) -> lines(pod, life, from, to));
    }

    private static List<Line> lines(BridgePod pod, Lifetime life, Instant from, Instant to) {
        List<Line> lines = new ArrayList<>();
        Instant at = pod.startedAt().plus(FIRST_LINE);
        String text = "INFO bridge " + pod.version() + " listens on port " + PORT;
        while (at.isBefore(to)) {
            if (!at.isBefore(from)) {
                lines.add(new Line(at, at + " " + text));
            }
            text = life.everReady() ? "INFO webhooks are processed" : "ERROR no connection to the time series store";
            at = at.plus(BETWEEN_LINES);
        }
        life.deaths().stream()
                .map(death -> death.minusSeconds(1))
                .filter(death -> !death.isBefore(from) && death.isBefore(to))
                .forEach(death -> lines.add(new Line(death, death + " CRITICAL out of memory")));
        lines.sort(Comparator.comparing(Line::at));
        return lines;
    }

    /** A pod is gone: its node stops, what it exposed stays known. */
    public synchronized void gone(String pod, Instant at) {
        Node node = nodes.remove(pod);
        if (node != null) {
            node.life.end(at);
            node.bridge.close();
        }
    }

    /** Where a pod's node is served. */
    public synchronized Optional<InetSocketAddress> addressOf(String pod) {
        return Optional.ofNullable(nodes.get(pod)).map(node -> node.bridge.address());
    }

    @Override
    public Iterable<Series> series() {
        return series;
    }

    @Override
    public synchronized void close() {
        nodes.values().forEach(node -> node.bridge.close());
        nodes.clear();
        threads.shutdownNow();
    }

    private static final class Node {
        private final Lifetime life;
        private final Bridge bridge;
        private final PodBehaviour behaviour;

        Node(Lifetime life, Bridge bridge, PodBehaviour behaviour) {
            this.life = life;
            this.bridge = bridge;
            this.behaviour = behaviour;
        }
    }
}
