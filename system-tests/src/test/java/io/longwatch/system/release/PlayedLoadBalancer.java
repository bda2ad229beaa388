package io.longwatch.system.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.longwatch.sandbox.bridge.Fleet;
import io.longwatch.sandbox.loopback.Forwarded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays a cloud's load balancer: gives the Service its address, and hands each request to the next endpoint that the
 * control plane calls ready. It knows what was posted through it, by the key that makes a repeat harmless.
 */
final class PlayedLoadBalancer implements AutoCloseable {
    private final KubernetesClient cluster;
    private final String namespace;
    private final Fleet fleet;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "load-balancer");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final HttpServer server;
    private volatile Duration slowness = Duration.ZERO;

    PlayedLoadBalancer(KubernetesClient cluster, String namespace, Fleet fleet) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.fleet = fleet;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        cluster.services().inNamespace(namespace).withName("biometric-bridge").editStatus(service -> {
            service.getStatus()
                    .getLoadBalancer()
                    .setIngress(List.of(
                            new LoadBalancerIngressBuilder().withIp("127.0.0.1").build()));
            return service;
        });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on what was posted is answered so much later than it was taken. */
    void answerPostsAfter(Duration slowly) {
        slowness = slowly;
    }

    /** Whether something posted has been taken and not been answered yet. */
    boolean owesAnAnswer() {
        return underWay.get() > 0;
    }

    /** What was posted and taken. */
    List<Posted> posted() {
        return List.copyOf(posted);
    }

    /** Something that a node took, with its Idempotency-Key, or an empty one. */
    record Posted(String path, String key) {}

    private void takeDown(HttpExchange exchange, int status) throws InterruptedException {
        if (exchange.getRequestMethod().equals("POST") && status < 300) {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            posted.add(new Posted(exchange.getRequestURI().getPath(), key == null ? "" : key));
            underWay.incrementAndGet();
            try {
                Thread.sleep(slowness.toMillis());
            } finally {
                underWay.decrementAndGet();
            }
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            List<InetSocketAddress> ready = ready();
            if (ready.isEmpty()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            InetSocketAddress node = ready.get(Math.floorMod(next.getAndIncrement(), ready.size()));
            HttpResponse<byte[]> answer =
                    client.send(Forwarded.request(exchange, node, body), BodyHandlers.ofByteArray());
            takeDown(exchange, answer.statusCode());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<InetSocketAddress> ready() {
        return cluster
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withLabel("kubernetes.io/service-name", "biometric-bridge")
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .flatMap(endpoint -> fleet.addressOf(endpoint.getTargetRef().getName()).stream())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
