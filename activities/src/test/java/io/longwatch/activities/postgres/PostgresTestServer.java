package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One embedded server for a test class; each test works in a schema of its own. */
final class PostgresTestServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private final EmbeddedPostgres server;

    private PostgresTestServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static PostgresTestServer start() throws IOException {
        return new PostgresTestServer(EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .start());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    PostgresConnection connection(@Nullable String schema) {
        return new PostgresConnection(url(), "postgres", null, schema, Duration.ofSeconds(3));
    }

    PostgresConnection connectionAs(String user, @Nullable Secret password) {
        return new PostgresConnection(url(), user, password, null, Duration.ofSeconds(3));
    }

    static PostgresActions actions(PostgresConnection connection) {
        return actions(connection, Clock.fixed(NOW, ZoneOffset.UTC), Invocation.detached());
    }

    static PostgresActions actions(PostgresConnection connection, Clock clock, Invocation invocation) {
        return actions(connection, clock, () -> invocation);
    }

    static PostgresActions actions(PostgresConnection connection, Clock clock, Supplier<Invocation> invocations) {
        var connections = new Connections("production", Map.of("events", connection), Map.of());
        return new PostgresActions(new ActionContext(connections, clock, invocations));
    }

    void run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String one(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    Connection open() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
