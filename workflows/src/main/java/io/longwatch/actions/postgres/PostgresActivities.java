package io.longwatch.actions.postgres;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a PostgreSQL database and migrates its schema.
 *
 * <p>Fails with {@code Unavailable} (retried) when the server cannot be reached, is starting or shutting down, has no
 * connection left or takes longer than the statement's timeout; {@code Conflict} (retried) on a lock held by someone
 * else, a deadlock or a serialisation failure; {@code Denied} when it refuses the credentials or the role lacks a
 * privilege; {@code InvalidInput} with the place in the SQL text, never with the values bound to it; {@code NotFound}
 * for a database, schema or table that does not exist.
 */
@ActionSystem(name = "postgres", title = "PostgreSQL")
@ActivityInterface
public interface PostgresActivities {

    /** Runs one statement in a read-only transaction and returns its first row and the number of rows. Idempotent. */
    @Action(
            title = "Query PostgreSQL",
            description =
                    "Runs one statement in a READ ONLY transaction with a statement timeout, and returns the number"
                            + " of rows, the first column of the first row as value, and the first row's declared columns;"
                            + " what outputs does not name comes back only if it is a number or a truth value."
                            + " A statement that writes is refused by the server. Parameters stand in the statement as :name"
                            + " and are bound, never pasted; a list is bound as an array, for = ANY(:ids)."
                            + " Whole numbers come back as long, others as double, times as ISO-8601 text.",
            attempt = "PT1M",
            example = """
                    connection: events
                    sql: SELECT count(*) AS stored FROM biometric_events WHERE user_id = ANY(:ids)
                    parameters: {ids: [test_prod_1, test_prod_2, test_prod_3]}
                    outputs: [stored]
                    """)
    @ActivityMethod(name = "postgres.query")
    QueryResult query(StepRef step, QueryInput input);

    /** Reads which script already stands under the migration's name, the server's version and the tables there. */
    @ActivityMethod(name = "postgres.migrate.before")
    MigrateBefore migrateBefore(StepRef step, MigrateInput input);

    /**
     * Applies a script once, in one transaction with a row in {@code longwatch_migrations}.
     *
     * <p>Idempotent: that row is looked for under an advisory lock, so a repeat, or a second release that runs at the
     * same time, finds the script applied. Fails with {@code Refused} when another script was applied under the name;
     * on any failure nothing of the script stays.
     */
    @Action(
            title = "Migrate the PostgreSQL schema",
            description = "Applies a script in one transaction, under an advisory lock, and records its name and"
                    + " SHA-256 in the table longwatch_migrations. The same script there is done already; another one"
                    + " under the same name is refused, and so is a connection without schema: whose current schema has"
                    + " no such table while another schema has. A script that cannot run in a transaction (CREATE INDEX"
                    + " CONCURRENTLY, VACUUM, its own BEGIN or COMMIT) is invalid. Undo runs the down script and removes"
                    + " the record, if the record is this release's and no later migration stands on it; without a down"
                    + " script it is refused.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            attempt = "PT10M",
            timeout = "PT15M",
            example = """
                    connection: events
                    name: bridge-schema-1
                    script: CREATE TABLE IF NOT EXISTS kafka_dlq (id bigserial PRIMARY KEY, payload jsonb NOT NULL)
                    down: DROP TABLE kafka_dlq
                    """)
    @ActivityMethod(name = "postgres.migrate")
    MigrateResult migrate(StepRef step, MigrateInput input, MigrateBefore before);

    /** Runs the down script if the migration was applied by this step and nothing later stands on it. Idempotent. */
    @ActivityMethod(name = "postgres.migrate.undo")
    UndoResult undoMigrate(StepRef step, MigrateInput input, MigrateBefore before, @Nullable MigrateResult result);
}
