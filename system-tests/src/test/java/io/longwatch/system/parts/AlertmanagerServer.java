package io.longwatch.system.parts;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An Alertmanager on loopback, without peers. */
public final class AlertmanagerServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int port = FreePort.find();
    private final ServerProcess process;

    private AlertmanagerServer(Path folder, String config) {
        try {
            Path file = Files.writeString(folder.resolve("alertmanager.yml"), config);
            List<String> command = List.of(
                    Parts.installed("prometheus-alertmanager").toString(),
                    "--config.file=" + file,
                    "--storage.path=" + folder.resolve("alerts"),
                    "--web.listen-address=127.0.0.1:" + port,
                    "--cluster.listen-address=");
            process = ServerProcess.start("alertmanager", folder.resolve("alertmanager.log"), command)
                    .await(PATIENCE, () -> ServerProcess.answers(uri().resolve("/-/ready")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Alertmanager's file", e);
        }
    }

    /** Starts one on a configuration; what it keeps goes into a folder. */
    public static AlertmanagerServer start(Path folder, String config) {
        return new AlertmanagerServer(folder, config);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.close();
    }
}
