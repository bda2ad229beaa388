package io.longwatch.system.parts;

import static org.awaitility.Awaitility.await;

import io.longwatch.sandbox.loopback.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server on loopback that writes through to its folder: killed and started again it has what was committed. */
public final class PostgresServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final int port = FreePort.find();
    private EmbeddedPostgres server;

    private PostgresServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = run();
    }

    public static PostgresServer start(Path folder) throws IOException {
        return new PostgresServer(folder);
    }

    private EmbeddedPostgres run() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("timezone", "UTC")
                .setPGStartupWait(PATIENCE)
                .start();
    }

    /** {@code jdbc:postgresql://127.0.0.1:port/postgres}. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** A superuser; no password is asked for. */
    public String user() {
        return "postgres";
    }

    /** A connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** Ends it as SIGKILL does; what its sessions were at is lost. */
    public void kill() {
        Path known = folder.resolve("data/postmaster.pid");
        try {
            long pid = Long.parseLong(Files.readAllLines(known).get(0).strip());
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            });
            await().atMost(PATIENCE).until(() -> !ServerProcess.listens(port));
        } catch (IOException e) {
            throw new UncheckedIOException("no process is known in " + known, e);
        }
    }

    /** Starts it again on the same data and port. */
    public void restart() throws IOException {
        server.close();
        // Sessions of the killed server may hold its memory for a moment.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreException(IOException.class)
                .until(() -> {
                    server = run();
                    return true;
                });
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
