package io.longwatch.activities.ledger;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.activities.postgres.Pools;
import io.longwatch.activities.postgres.PostgresConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger. One that is down is left alone for a few seconds after each failure, so that it slows nobody; its tables
 * are made when it is first reached.
 */
public final class Ledger implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Ledger.class);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private final PostgresConnection connection;
    private final Migrations migrations;
    private final Pools pools = new Pools();
    private boolean migrated;
    private @Nullable SQLException down;
    private long downSince;

    public Ledger(LedgerAddress address) {
        this.connection = address.connection();
        this.migrations = new Migrations(address);
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /** Host and database, for messages. */
    public String address() {
        return connection.address();
    }

    /**
     * Brings its tables up to date. One that cannot be reached now is brought up to date when it can.
     *
     * @throws InvalidLedger if its tables are not the ledger's
     */
    public void open() {
        try {
            requireMigrated();
        } catch (SQLException e) {
            LOGGER.atWarn()
                    .addKeyValue("ledger", address())
                    .addKeyValue("problem", e.getMessage())
                    .log(
                            "the ledger cannot be reached; releases go on, and what happens meanwhile may be missing in it");
        }
    }

    private synchronized void requireMigrated() throws SQLException {
        if (!migrated) {
            take().close();
            migrations.apply();
            migrated = true;
        }
    }

    /** A pool's first connection and a password that is not there fail in ways of their own. */
    private Connection take() throws SQLException {
        try {
            return pools.take(connection);
        } catch (PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SQLException(cause.getMessage(), cause);
        } catch (SecretMissing e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /**
     * How it is, in words, whether or not a worker has made it yet. Changes nothing.
     *
     * @throws SQLException if it cannot be reached
     * @throws InvalidLedger if its tables are not the ledger's, or some are missing and its role may not make them
     */
    public String probe() throws SQLException {
        String tables = transact(migrations::applied)
                ? ", its tables are up to date"
                : "; a worker makes the tables that are missing when it starts";
        return "answers at " + address() + tables;
    }

    /** Writes in one transaction, which is retried by its caller. */
    <T> T write(Work<T> work) throws SQLException {
        requireNotJustFound();
        try {
            requireMigrated();
            T done = transact(work);
            found(null);
            return done;
        } catch (SQLException e) {
            found(answered(e) ? null : e);
            throw e;
        }
    }

    /** Whether the server is there, and what it was told is wrong. */
    private static boolean answered(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().matches("2[23].*");
    }

    private synchronized void requireNotJustFound() throws SQLException {
        if (down != null && System.nanoTime() - downSince < LEFT_ALONE.toNanos()) {
            throw new SQLException(down.getMessage(), down.getSQLState(), down);
        }
    }

    private synchronized void found(@Nullable SQLException problem) {
        down = problem;
        downSince = System.nanoTime();
    }

    private <T> T transact(Work<T> work) throws SQLException {
        try (Connection transaction = take()) {
            try {
                T done = work.in(transaction);
                transaction.commit();
                return done;
            } catch (SQLException e) {
                rollBack(transaction, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection transaction, SQLException cause) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * What it holds of a release. Changes nothing.
     *
     * @throws SQLException if it cannot be read
     */
    public Optional<KeptRelease> find(String release) throws SQLException {
        return transact(transaction -> KeptRelease.read(transaction, release));
    }

    @Override
    public void close() {
        pools.close();
    }
}
