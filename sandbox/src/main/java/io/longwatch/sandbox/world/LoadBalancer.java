package io.longwatch.sandbox.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in of a load balancer on loopback: hands each request to the next ready endpoint of a Service, 503 without one.
 * It knows no TLS, no sticky sessions and no health checks of its own.
 */
final class LoadBalancer implements AutoCloseable {
    private final ClusterApi cluster;
    private final String endpoints;
    private final Fleet fleet;
    private final HttpClient client;
    private final AtomicInteger next = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "load-balancer");
        thread.setDaemon(true);
        return thread;
    });

    LoadBalancer(ClusterApi cluster, String namespace, String service, Fleet fleet, HttpClient client) {
        this.cluster = cluster;
        this.endpoints = "/api/v1/namespaces/" + namespace + "/endpoints/" + service;
        this.fleet = fleet;
        this.client = client;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<InetSocketAddress> node = choose();
            if (node.isEmpty()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> answer =
                    client.send(Forwarded.request(exchange, node.get(), body), BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<InetSocketAddress> choose() {
        List<InetSocketAddress> ready = new ArrayList<>();
        for (JsonNode subset : cluster.get(endpoints).path("subsets")) {
            for (JsonNode address : subset.path("addresses")) {
                fleet.addressOf(address.at("/targetRef/name").asText()).ifPresent(ready::add);
            }
        }
        return ready.isEmpty()
                ? Optional.empty()
                : Optional.of(ready.get(Math.floorMod(next.getAndIncrement(), ready.size())));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
