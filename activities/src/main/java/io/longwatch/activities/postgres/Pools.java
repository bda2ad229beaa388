package io.longwatch.activities.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A small pool for each connection, opened when it is first used and emptied when it is not. */
final class Pools implements AutoCloseable {
    private static final int LARGEST = 4;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Map<PostgresConnection, HikariDataSource> pools = new ConcurrentHashMap<>();

    HikariDataSource of(PostgresConnection connection) {
        return pools.computeIfAbsent(connection, Pools::open);
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
        config.addDataSourceProperty("ApplicationName", "longwatch");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("connectTimeout", seconds(connection.timeout()));
        config.addDataSourceProperty("loginTimeout", seconds(connection.timeout()));
        if (connection.schema() != null) {
            config.addDataSourceProperty("currentSchema", connection.schema());
        }
        return new HikariDataSource(config);
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
