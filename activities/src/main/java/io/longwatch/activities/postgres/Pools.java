package io.longwatch.activities.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** A small pool for each connection, opened when it is first used and emptied when it is not. */
public final class Pools implements AutoCloseable {
    private static final int LARGEST = 4;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Map<PostgresConnection, HikariDataSource> pools = new ConcurrentHashMap<>();

    /** A connection, in a transaction; closing it gives it back. */
    public Connection take(PostgresConnection connection) throws SQLException {
        return pools.computeIfAbsent(connection, Pools::open).getConnection();
    }

    /** A connection outside of the pool, for what may change its session: search_path, role. */
    static Connection alone(PostgresConnection connection) throws SQLException {
        Properties properties = properties(connection);
        Credentials credentials = credentials(connection);
        properties.setProperty("user", credentials.getUsername());
        if (credentials.getPassword() != null) {
            properties.setProperty("password", credentials.getPassword());
        }
        Connection alone = DriverManager.getConnection(connection.url(), properties);
        alone.setAutoCommit(false);
        return alone;
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
        pools.clear();
    }

    private static HikariDataSource open(PostgresConnection connection) {
        var config = new HikariConfig();
        config.setJdbcUrl(connection.url());
        // Asked for with every new connection, so that a rotated password is picked up.
        config.setCredentialsProvider(() -> credentials(connection));
        config.setMaximumPoolSize(LARGEST);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE.toMillis());
        config.setConnectionTimeout(connection.timeout().toMillis());
        // The first connection fails at once with its own error instead of a wait for the pool.
        config.setInitializationFailTimeout(1);
        config.setAutoCommit(false);
        config.setDataSourceProperties(properties(connection));
        return new HikariDataSource(config);
    }

    private static Properties properties(PostgresConnection connection) {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "longwatch");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("connectTimeout", seconds(connection.timeout()));
        properties.setProperty("loginTimeout", seconds(connection.timeout()));
        if (connection.schema() != null) {
            properties.setProperty("currentSchema", connection.schema());
        }
        return properties;
    }

    private static Credentials credentials(PostgresConnection connection) {
        String password =
                connection.password() == null ? null : connection.password().reveal();
        return Credentials.of(connection.user(), password);
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
