package io.longwatch.system.parts;

import io.longwatch.sandbox.loopback.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Redis server on loopback that writes each change to its folder; started again it has what it had. */
public final class RedisServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final List<String> settings;
    private final int port = FreePort.find();
    private ServerProcess process;

    private RedisServer(Path folder, List<String> settings) {
        this.folder = folder;
        this.settings = List.copyOf(settings);
        this.process = run();
    }

    /** Starts a server; settings are given as on its command line: {@code "--requirepass", "secret"}. */
    public static RedisServer start(Path folder, String... settings) {
        return new RedisServer(folder, List.of(settings));
    }

    private ServerProcess run() {
        List<String> command = new ArrayList<>(List.of(
                Parts.installed("redis-server").toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes"));
        command.addAll(settings);
        return ServerProcess.start("redis", folder.resolve("redis.log"), command)
                .await(PATIENCE, () -> ServerProcess.listens(port));
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same data and port. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }
}
