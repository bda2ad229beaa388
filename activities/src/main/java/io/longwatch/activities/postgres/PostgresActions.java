package io.longwatch.activities.postgres;

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
        return on(input.connection(), pools::take, sql -> new Query(sql, input).run());
    }

    @Override
    public MigrateBefore migrateBefore(StepRef step, MigrateInput input) {
        return on(input.connection(), pools::take, sql -> new LookBeforeMigrate(sql, input).run());
    }

    @Override
    public MigrateResult migrate(StepRef step, MigrateInput input, MigrateBefore before) {
        ActionContext attempt = context.ofThisAttempt();
        return on(input.connection(), Pools::alone, sql -> new Migrate(attempt, sql, step, input, before).run());
    }

    @Override
    public UndoResult undoMigrate(
            StepRef step, MigrateInput input, MigrateBefore before, @Nullable MigrateResult result) {
        ActionContext attempt = context.ofThisAttempt();
        return on(input.connection(), Pools::alone, sql -> new UndoMigrate(attempt, sql, step, input).run());
    }

    /** Closes the pools. */
    @Override
    public void close() {
        pools.close();
    }

    private <R> R on(@Nullable String name, Source source, Work<R> work) {
        PostgresConnection connection = context.connections().get(PostgresConnection.class, name);
        try (Connection sql = source.take(connection)) {
            return work.on(sql);
        } catch (StatementFailed e) {
            throw PostgresFailures.of(connection, e);
        } catch (SQLException | PoolInitializationException | SecretMissing e) {
            throw PostgresFailures.of(connection, e);
        }
    }

    /** Where an action's connection comes from. */
    @FunctionalInterface
    private interface Source {
        Connection take(PostgresConnection connection) throws SQLException;
    }

    /** What an action does on a connection; it is rolled back unless the action commits. */
    @FunctionalInterface
    private interface Work<R> {
        R on(Connection sql) throws SQLException;
    }
}
