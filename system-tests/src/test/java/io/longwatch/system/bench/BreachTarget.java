package io.longwatch.system.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What Prometheus scrapes: for each service a figure that is 0 until it is breached, and 1 from then on. */
final class BreachTarget implements AutoCloseable {
    private final Map<String, Integer> figures = new ConcurrentHashMap<>();
    private final HttpServer http;

    BreachTarget() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no target to scrape", e);
        }
        http.createContext("/metrics", exchange -> {
            byte[] page = figures.entrySet().stream()
                    .map(figure -> "breach{service=\"%s\"} %d%n".formatted(figure.getKey(), figure.getValue()))
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        http.start();
    }

    void isWell(String service) {
        figures.put(service, 0);
    }

    void breach(String service) {
        figures.put(service, 1);
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
