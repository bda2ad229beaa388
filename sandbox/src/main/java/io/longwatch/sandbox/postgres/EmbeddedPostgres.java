package io.longwatch.sandbox.postgres;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own process on loopback and a free port, with its data in a temporary folder that is gone
 * when it is closed. It is the real server, without what guards data against a power cut; its {@code now()} is the
 * machine's time. Its binaries are unpacked once and stay for the next start: in {@code .longwatch} of the checkout or
 * installation that {@code LONGWATCH_HOME} names, or in {@code java.io.tmpdir} where there is none that can be written.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "postgres";
    private static final String USER = "postgres";

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
        this.server = server;
    }

    public static EmbeddedPostgres start() throws IOException {
        Path folder = Files.createTempDirectory("longwatch-postgres-");
        try {
            return new EmbeddedPostgres(builder(folder).start());
        } catch (IOException | RuntimeException e) {
            endWhatBegan(folder);
            throw e;
        }
    }

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder builder(Path folder) {
        // Not by the builder, which would make a folder in the usual place besides.
        unpacked(System.getenv().getOrDefault("LONGWATCH_HOME", ""))
                .ifPresent(place -> System.setProperty("ot.epg.working-dir", place.toString()));
        return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setDataDirectory(folder)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .setPGStartupWait(Duration.ofSeconds(30));
    }

    private static Optional<Path> unpacked(String home) {
        if (home.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path place = Files.createDirectories(Path.of(home, ".longwatch", "postgres"));
            return Files.isWritable(place) ? Optional.of(place) : Optional.empty();
        } catch (IOException readOnly) {
            return Optional.empty();
        }
    }

    /** A start that breaks off, as when the process ends meanwhile, may leave a server behind that nobody knows. */
    private static void endWhatBegan(Path folder) throws IOException {
        Path known = folder.resolve("postmaster.pid");
        for (int look = 0; look < 20 && !Files.exists(known); look++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        if (Files.exists(known)) {
            Optional<ProcessHandle> server = ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(known).get(0).strip()));
            server.ifPresent(process -> {
                process.destroy();
                process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
            });
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Address for a connection of kind postgres: {@code jdbc:postgresql://127.0.0.1:port/postgres}. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
    }

    /** A superuser; no password is asked for. */
    public String user() {
        return USER;
    }

    public int port() {
        return server.getPort();
    }

    /** A connection for what plays a part in the sandbox; the caller closes it. */
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
