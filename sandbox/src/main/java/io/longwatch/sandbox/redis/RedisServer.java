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
    private static final int STARTS = 10;
    private static final Duration BETWEEN_STARTS = Duration.ofMillis(100);
    private static final String BUSY = "Text file busy";

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
            start(server);
        } catch (IOException e) {
            endWhatBegan(port);
            throw new IOException("Redis does not start: " + reason(e), e);
        } catch (RuntimeException e) {
            endWhatBegan(port);
            throw e;
        }
        return new RedisServer(server, port);
    }

    /**
     * Its program has just been unpacked. A process that begins at that moment, such as PostgreSQL's, holds the file open
     * for writing until it has become the other program, and the system runs no file that is written to.
     */
    private static void start(redis.embedded.RedisServer server) throws IOException {
        for (int left = STARTS; ; left--) {
            try {
                server.start();
                return;
            } catch (IOException e) {
                if (left == 1 || !reason(e).contains(BUSY)) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_STARTS.toNanos());
            }
        }
    }

    private static String reason(IOException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
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
