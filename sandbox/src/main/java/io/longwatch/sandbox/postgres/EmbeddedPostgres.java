package io.longwatch.sandbox.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A PostgreSQL server of its own process on loopback and a free port, with its data in a temporary folder that is gone
 * when it is closed. It is the real server, without what guards data against a power cut; its {@code now()} is the
 * machine's time. Its binaries are unpacked once into {@code java.io.tmpdir} and stay there for the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "postgres";
    private static final String USER = "postgres";

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
        this.server = server;
    }

    public static EmbeddedPostgres start() throws IOException {
        return new EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("jit", "off")
                .setServerConfig("timezone", "UTC")
                .setPGStartupWait(Duration.ofSeconds(30))
                .start());
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
