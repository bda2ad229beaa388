package io.longwatch.system.release;

import io.longwatch.system.parts.Parts;
import io.longwatch.system.parts.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A registry of images on loopback, without a login. */
final class Registry implements AutoCloseable {
    private final int port;
    private final ServerProcess process;

    private Registry(int port, ServerProcess process) {
        this.port = port;
        this.process = process;
    }

    static Registry start(Path folder) {
        int port = ServerProcess.freePort();
        try {
            Path config =
                    Files.writeString(folder.resolve("registry.yml"), """
                    version: 0.1
                    log: {level: warn}
                    storage: {filesystem: {rootdirectory: "%s"}, delete: {enabled: true}}
                    http: {addr: "127.0.0.1:%d"}
                    """.formatted(folder.resolve("images"), port));
            ServerProcess process = ServerProcess.start(
                            "registry",
                            folder.resolve("registry.log"),
                            List.of(Parts.installed("docker-registry").toString(), "serve", config.toString()))
                    .await(
                            Duration.ofSeconds(20),
                            () -> ServerProcess.answers(URI.create("http://127.0.0.1:" + port + "/v2/")));
            return new Registry(port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
