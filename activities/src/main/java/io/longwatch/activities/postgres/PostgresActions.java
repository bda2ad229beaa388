package io.longwatch.activities.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.longwatch.actions.postgres.MigrateBefore;
import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.MigrateResult;
import io.longwatch.actions.postgres.PostgresActivities;
import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.actions.postgres.QueryResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL for an environment's steps: finds the connection, runs the action on it, names what went wrong. */
public final class PostgresActions implements PostgresActivities, AutoCloseable {
    private final ActionContext context;
    private final Pools pools = new Pools();

    public PostgresActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public QueryResult query(StepRef step, QueryInput input) {
        return on(input.connection(), false, sql -> new Query(sql, input).run());
    }

    @Override
    public MigrateBefore migrateBefore(StepRef step, MigrateInput input) {
        return on(input.connection(), false, sql -> new LookBeforeMigrate(sql, input).run());
    }

    @Override
    public MigrateResult migrate(StepRef step, MigrateInput input, MigrateBefore before) {
        return on(input.connection(), true, sql -> new Migrate(context, sql, step, input, before).run());
    }

    @Override
    public UndoResult undoMigrate(
            StepRef step, MigrateInput input, MigrateBefore before, @Nullable MigrateResult result) {
        return on(input.connection(), true, sql -> new UndoMigrate(context, sql, step, input).run());
    }

    /** Closes the pools. */
    @Override
    public void close() {
        pools.close();
    }

    private <R> R on(@Nullable String name, boolean script, Work<R> work) {
        PostgresConnection connection = context.connections().get(PostgresConnection.class, name);
        try {
            HikariDataSource pool = pools.of(connection);
            try (Connection sql = pool.getConnection()) {
                return script ? alone(pool, sql, work) : work.on(sql);
            }
        } catch (StatementFailed e) {
            throw PostgresFailures.of(connection, e);
        } catch (SQLException | PoolInitializationException | SecretMissing e) {
            throw PostgresFailures.of(connection, e);
        }
    }

    /** A script may change its session (search_path, role): nobody else is given the connection it ran on. */
    private static <R> R alone(HikariDataSource pool, Connection sql, Work<R> work) throws SQLException {
        try {
            return work.on(sql);
        } finally {
            pool.evictConnection(sql);
        }
    }

    /** What an action does on a connection; it is rolled back unless the action commits. */
    @FunctionalInterface
    private interface Work<R> {
        R on(Connection sql) throws SQLException;
    }
}
