package io.longwatch.system.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stand-in of a Prometheus that knows one metric, which is always 0, and remembers when each service asked for it. It
 * evaluates nothing: a query is {@code deployed{service="x"}} or {@code look{service="x"}}.
 */
final class MetricStandIn implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile("(deployed|look)\\{service=\"([^\"]+)\"}");
    private static final byte[] ZERO =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[0,\"0\"]}]}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Clock clock = Clock.systemUTC();
    private final Map<String, Queue<Instant>> looks = new ConcurrentHashMap<>();
    private final Map<String, Instant> deployed = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer http;

    MetricStandIn() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("no metric can be served", e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Instant now = clock.instant();
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher query = QUERY.matcher(URLDecoder.decode(form, StandardCharsets.UTF_8));
        if (!query.find()) {
            exchange.sendResponseHeaders(400, -1);
        } else {
            remember(query.group(1), query.group(2), now);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ZERO.length);
            exchange.getResponseBody().write(ZERO);
        }
        exchange.close();
    }

    private void remember(String metric, String service, Instant now) {
        if (metric.equals("deployed")) {
            deployed.put(service, now);
        } else {
            looks.computeIfAbsent(service, key -> new ConcurrentLinkedQueue<>()).add(now);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** How many services were deployed. */
    int deployed() {
        return deployed.size();
    }

    /** When a service was looked at. */
    List<Instant> looks(String service) {
        return looks.getOrDefault(service, new ConcurrentLinkedQueue<>()).stream()
                .sorted()
                .toList();
    }

    void forget() {
        looks.clear();
        deployed.clear();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
