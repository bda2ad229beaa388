package io.longwatch.sandbox.redis;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A Redis server of its own process on loopback and a free port, which keeps nothing on disk. It is the real server.
 */
public final class RedisServer implements AutoCloseable {
    private final redis.embedded.RedisServer server;
    private final int port;

    private RedisServer(redis.embedded.RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** @param maxMemory its limit as Redis writes it: {@code 6gb}; it is not taken until it is used */
    public static RedisServer start(String maxMemory) throws IOException {
        int port = FreePort.find();
        var server = redis.embedded.RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .setting("daemonize no")
                .setting("maxmemory " + maxMemory)
                .build();
        try {
            server.start();
        } catch (IOException | RuntimeException e) {
            endWhatBegan(port);
            throw e;
        }
        return new RedisServer(server, port);
    }

    /** A start that breaks off, as when the process ends meanwhile, may leave a server behind that nobody knows. */
    private static void endWhatBegan(int port) {
        for (int look = 0; look < 20; look++) {
            List<ProcessHandle> begun = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().commandLine().orElse("").endsWith(":" + port))
                    .toList();
            begun.forEach(ProcessHandle::destroy);
            if (!begun.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Address for a connection of kind redis: {@code redis://127.0.0.1:port}. */
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
