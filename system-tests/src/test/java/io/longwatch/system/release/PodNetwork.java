package io.longwatch.system.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.longwatch.sandbox.prometheus.Series;
import io.longwatch.sandbox.prometheus.SeriesSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays the network of the pods for Prometheus: keeps a file of the targets that discovery in a cluster would find, and is
 * the proxy that knows which process on loopback stands behind a pod's address. Plays cAdvisor too, with the memory that
 * the nodes of the bridge say they use.
 */
final class PodNetwork implements AutoCloseable {
    private static final String MEMORY = "container_memory_working_set_bytes";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Route> byAddress = new ConcurrentHashMap<>();
    private final Path targets;
    private final SeriesSource metrics;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
        Thread thread = new Thread(work, "pod-network");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer server;

    PodNetwork(SeriesSource metrics, Path folder) {
        this.metrics = metrics;
        this.targets = folder.resolve("targets.json");
        writeTargets();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the proxy is; its path {@code /metrics} is cAdvisor's. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The file of targets, with the labels that discovery gives them. */
    Path targets() {
        return targets;
    }

    /** A pod's address leads to a process from now on. */
    synchronized void route(Pod pod, int port, InetSocketAddress process) {
        String address = pod.getStatus().getPodIP();
        if (!byAddress.containsKey(address)) {
            Map<String, String> labels = Map.of(
                    "__meta_kubernetes_namespace",
                    pod.getMetadata().getNamespace(),
                    "__meta_kubernetes_pod_name",
                    pod.getMetadata().getName(),
                    "__meta_kubernetes_pod_label_app",
                    "biometric-bridge",
                    "__meta_kubernetes_pod_container_port_name",
                    "http");
            byAddress.put(
                    address, new Route(process, Map.of("targets", List.of(address + ":" + port), "labels", labels)));
            writeTargets();
        }
    }

    synchronized void forget(InetSocketAddress process) {
        byAddress.values().removeIf(route -> route.process.equals(process));
        writeTargets();
    }

    private void writeTargets() {
        try {
            Path next = targets.resolveSibling("targets.next");
            JSON.writeValue(
                    next.toFile(),
                    byAddress.values().stream().map(Route::target).toList());
            Files.move(next, targets, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Route(InetSocketAddress process, Map<String, Object> target) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            if (asked.getHost() == null) {
                answer(exchange, 200, memory());
                return;
            }
            Route route = byAddress.get(asked.getHost());
            if (route == null) {
                answer(exchange, 502, "no route to " + asked.getHost() + "\n");
                return;
            }
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + route.process.getPort() + asked.getPath()))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    BodyHandlers.ofString());
            answer(exchange, page.statusCode(), page.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private String memory() {
        StringBuilder text = new StringBuilder();
        Instant now = Instant.now();
        for (Series series : metrics.series()) {
            if (series.name().equals(MEMORY)) {
                series.value()
                        .at(now)
                        .ifPresent(bytes -> text.append(MEMORY)
                                .append(labels(series))
                                .append(' ')
                                .append(bytes)
                                .append('\n'));
            }
        }
        return text.toString();
    }

    private static String labels(Series series) {
        StringBuilder text = new StringBuilder("{");
        new TreeMap<>(series.labels())
                .forEach((name, value) ->
                        text.append(name).append("=\"").append(value).append("\","));
        return text.append('}').toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
