package io.longwatch.activities.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Bounds of the transaction at hand. */
final class Transactions {
    private static final Duration NETWORK_GRACE = Duration.ofSeconds(10);

    private Transactions() {}

    /** A statement may take so long on the server, and its answer little longer on the way. */
    static void limit(Connection connection, Duration statement) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, Math.toIntExact(statement.plus(NETWORK_GRACE).toMillis()));
        set(connection, "statement_timeout", statement);
    }

    static void limitLockWait(Connection connection, Duration wait) throws SQLException {
        set(connection, "lock_timeout", wait);
    }

    /** The position in the statement that the server names, from 1; 0 if it names none. */
    static int positionOf(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException p ? p.getServerErrorMessage() : null;
        return server == null ? 0 : server.getPosition();
    }

    private static void set(Connection connection, String setting, Duration value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL " + setting + " = " + value.toMillis());
        }
    }
}
