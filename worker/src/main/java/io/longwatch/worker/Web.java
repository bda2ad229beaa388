package io.longwatch.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.longwatch.contract.Json;
import io.longwatch.worker.config.WorkerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** What the worker serves over HTTP: its health, its metrics, and what a part of it adds. */
final class Web implements AutoCloseable {
    // More than any page may hold at a time, so that health is answered whatever else is asked.
    private static final int THREADS = 64;
    private static final String SECONDS_TO_SEND = "sun.net.httpserver.maxReqTime";

    static {
        // Read once, by the first server of the process; without it a request half sent holds its thread for ever.
        if (System.getProperty(SECONDS_TO_SEND) == null) {
            System.setProperty(SECONDS_TO_SEND, "5");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "longwatch-http");
        thread.setDaemon(true);
        return thread;
    });

    Web(WorkerConfig.Listen listen) throws IOException {
        InetSocketAddress address = new InetSocketAddress(listen.address(), listen.port());
        try {
            server = HttpServer.create(address, 0);
        } catch (BindException e) {
            throw new IOException(
                    "listen: " + listen.address() + ":" + listen.port() + " cannot be had: " + e.getMessage()
                            + "; choose another under listen: port:, or 0 for any free one",
                    e);
        }
        server.setExecutor(threads);
    }

    /** Serves a page at exactly that path. */
    void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (exchange.getRequestURI().getPath().equals(path)) {
                handler.handle(exchange);
            } else {
                answer(exchange, 404, "text/plain", "nothing here");
            }
        });
    }

    /**
     * What a page of health tells.
     *
     * @param well the status while nothing stands against it
     * @param otherwise the status otherwise
     * @param against what stands against it
     * @param besides what is wrong and does not
     */
    record Told(String well, String otherwise, Supplier<List<String>> against, Supplier<List<String>> besides) {}

    /**
     * Answers 200 while nothing stands against it, else 503 with what does: {@code {"status": "...", "problems": [...]}}.
     * What does not stand against it is told as {@code "besides"}.
     */
    void serveHealth(String path, Told told) {
        serve(path, exchange -> {
            List<String> problems = told.against().get();
            List<String> besides = told.besides().get();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("status", problems.isEmpty() ? told.well() : told.otherwise());
            if (!problems.isEmpty()) {
                body.put("problems", problems);
            }
            if (!besides.isEmpty()) {
                body.put("besides", besides);
            }
            String json = Json.mapper().writeValueAsString(body);
            answer(exchange, problems.isEmpty() ? 200 : 503, "application/json", json);
        });
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    void start() {
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
