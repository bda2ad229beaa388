package io.longwatch.system.histories;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a release looks at: some pages on loopback, which can be made to fail. */
final class WatchedPage implements AutoCloseable {
    private final HttpServer server;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private volatile boolean hidden;

    WatchedPage() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no page can be served", e);
        }
        server.createContext("/", exchange -> {
            if (!hidden) {
                exchange.sendResponseHeaders(
                        broken.contains(exchange.getRequestURI().getPath()) ? 500 : 200, -1);
            }
            exchange.close();
        });
        server.start();
        breaks("/never");
    }

    /** Answers requests for a path by 500 from now on. */
    void breaks(String path) {
        broken.add(path);
    }

    /** Answers no request any more. */
    void hides() {
        hidden = true;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
