package io.longwatch.sandbox.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.postgres.PostgresActions;
import io.longwatch.activities.postgres.PostgresConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the actions ask of any PostgreSQL server: run on the sandbox's, and wherever else one is to be had. */
public abstract class PostgresContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "schema");
    private PostgresActions actions;

    protected abstract PostgresConnection connection();

    @BeforeEach
    final void open() {
        var connections = new Connections("production", Map.of("events", connection()), Map.of());
        actions = new PostgresActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    @AfterEach
    final void close() {
        actions.close();
    }

    @Test
    void aMigrationIsAppliedOnceReadAndTakenBack() {
        // Given
        String table = "contract_" + Long.toString(System.nanoTime(), 36);
        var input = new MigrateInput(
                "events", table, "CREATE TABLE " + table + " (id int)", "DROP TABLE " + table, null, null);
        var before = actions.migrateBefore(STEP, input);

        // When
        var applied = actions.migrate(STEP, input, before);
        var repeated = actions.migrate(STEP, input, before);
        var rows = query("SELECT count(*) FROM " + table);
        var undone = actions.undoMigrate(STEP, input, before, applied);

        // Then
        assertThat(applied.tablesCreated()).containsExactly(table);
        assertThat(repeated.alreadyApplied()).isTrue();
        assertThat(rows).isEqualTo(0L);
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
    }

    @Test
    void aQueryThatWritesIsRefused() {
        // When / Then
        assertThatThrownBy(() -> query("CREATE TABLE written (id int)"))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(Failures.REFUSED));
    }

    private Object query(String sql) {
        return actions.query(STEP, new QueryInput(null, sql, null, null, null, null))
                .value();
    }
}
