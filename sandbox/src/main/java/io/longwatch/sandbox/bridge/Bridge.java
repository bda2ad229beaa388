package io.longwatch.sandbox.bridge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.sandbox.bridge.EventStore.Unavailable;
import io.longwatch.sandbox.bridge.Webhook.Unreadable;
import io.longwatch.sandbox.prometheus.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in of the service that is released: one node of it, on a free port of loopback. It checks the proofs of
 * webhooks, writes events to PostgreSQL and Kafka and what is none to the dead letters, and answers {@code /health},
 * {@code /ready} and {@code /metrics}.
 *
 * <p>Not modelled: the work on events, tokens and time series, Redis, the limit of concurrent requests. The traffic of the
 * hours in between is not sent: its metrics are functions of time, to which the requests that really came are added.
 */
public final class Bridge implements AutoCloseable {
    private static final Set<String> SOURCES = Set.of("oura", "whoop", "healthkit");
    private static final String WEBHOOKS = "/webhooks/";

    private final BridgePod pod;
    private final Lifetime life;
    private final EventStore store;
    private final Supplier<Map<String, String>> secrets;
    private final Clock clock;
    private final Received received = new Received();
    private final BridgeMetrics metrics;
    private final HttpServer server;

    Bridge(
            BridgePod pod,
            Lifetime life,
            Misbehaviour misbehaviour,
            EventStore store,
            Supplier<Map<String, String>> secrets,
            Clock clock,
            Executor threads) {
        this.pod = pod;
        this.life = life;
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.metrics = new BridgeMetrics(pod, life, received, misbehaviour);
        this.server = listen(threads);
    }

    private HttpServer listen(Executor threads) {
        try {
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            listening.setExecutor(threads);
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    List<Series> series() {
        return metrics.series();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            long began = System.nanoTime();
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            if (exchange.getRequestURI().getPath().startsWith(WEBHOOKS)) {
                received.add(clock.instant(), answer.status(), (System.nanoTime() - began) / 1e9);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        return switch (path) {
            case "/health" -> Answer.json(200, "\"status\": \"healthy\", \"version\": \"" + pod.version() + "\"");
            case "/ready" -> ready();
            case "/metrics" -> new Answer(200, "text/plain; version=0.0.4", metrics.text(clock.instant()));
            default -> webhook(exchange, path, body);
        };
    }

    private Answer ready() {
        boolean ready = life.everReady();
        String status = ready ? "ready" : "no connection to the time series store";
        return Answer.json(ready ? 200 : 503, "\"status\": \"" + status + "\", \"version\": \"" + pod.version() + "\"");
    }

    private Answer webhook(HttpExchange exchange, String path, byte[] body) {
        String source = path.startsWith(WEBHOOKS) ? path.substring(WEBHOOKS.length()) : "";
        if (!SOURCES.contains(source)) {
            return Answer.json(404, "\"error\": \"no such path\"");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Answer.json(405, "\"error\": \"webhooks are posted\"");
        }
        String proof = exchange.getRequestHeaders().getFirst(Signatures.headerOf(source));
        if (!Signatures.isRight(source, proof, body, secrets.get())) {
            return Answer.json(401, "\"error\": \"" + Signatures.headerOf(source) + " is not right\"");
        }
        return take(
                source,
                new String(body, StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    }

    private Answer take(String source, String body, @Nullable String key) {
        try {
            return taken(source, body, key);
        } catch (Unavailable e) {
            return Answer.json(503, "\"error\": \"try again later\"");
        }
    }

    private Answer taken(String source, String body, @Nullable String key) throws Unavailable {
        try {
            store.accept(Webhook.read(source, body), key);
            return Answer.json(202, "\"accepted\": true");
        } catch (Unreadable e) {
            store.bury(source, body, String.valueOf(e.getMessage()));
            return Answer.json(422, "\"error\": \"kept as a dead letter\"");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Answer(int status, String type, String body) {
        static Answer json(int status, String fields) {
            return new Answer(status, "application/json", "{" + fields + "}");
        }
    }
}
