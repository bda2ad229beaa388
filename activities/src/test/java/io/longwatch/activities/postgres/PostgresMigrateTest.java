package io.longwatch.activities.postgres;

import static io.longwatch.activities.postgres.PostgresTestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longwatch.actions.postgres.MigrateBefore;
import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.MigrateResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.TakenAttempts;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresMigrateTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "schema");
    private static final StepRef NEXT = new StepRef("bridge-production-20261128-1", "production", "schema");
    private static final String SCRIPT = """
            CREATE TABLE biometric_events (id bigserial PRIMARY KEY, user_id text NOT NULL);
            CREATE TABLE kafka_dlq (id bigserial PRIMARY KEY, payload jsonb);
            """;
    private static final String DOWN = "DROP TABLE kafka_dlq; DROP TABLE biometric_events;";

    private static PostgresTestServer server;
    private static int schemas;

    private String schema;
    private PostgresActions actions;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresTestServer.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void openSchema() throws SQLException {
        schema = "test_" + ++schemas;
        server.run("CREATE SCHEMA " + schema);
        actions = PostgresTestServer.actions(server.connection(schema));
    }

    @AfterEach
    void dropSchema() throws SQLException {
        actions.close();
        server.run("DROP SCHEMA " + schema + " CASCADE");
    }

    @Test
    void beforeTellsThatNothingIsAppliedAndWhichTablesAreThere() throws SQLException {
        // Given
        server.run("CREATE TABLE " + schema + ".old (id int)");

        // When
        var before = actions.migrateBefore(STEP, input(SCRIPT, DOWN));

        // Then
        assertThat(before.applied()).isFalse();
        assertThat(before.tables()).containsExactly("old");
        assertThat(before.serverVersion()).startsWith("18");
        assertThat(before.summary()).isEqualTo("bridge-1 is not applied yet; 1 table on " + before.serverVersion());
        assertThat(tables()).containsExactly("old");
    }

    @Test
    void aScriptIsAppliedWithItsRecord() throws SQLException {
        // When
        var result = migrate(STEP, input(SCRIPT, null));

        // Then
        assertThat(result.applied()).isTrue();
        assertThat(result.alreadyApplied()).isFalse();
        assertThat(result.tablesCreated()).containsExactly("biometric_events", "kafka_dlq");
        assertThat(result.summary()).startsWith("applied bridge-1 in ").endsWith("created biometric_events, kafka_dlq");
        assertThat(server.one("SELECT name || ' ' || checksum || ' ' || release_key || ' ' || applied_at FROM " + schema
                        + ".longwatch_migrations"))
                .isEqualTo("bridge-1 " + result.checksum() + " " + STEP.key() + " 2026-11-21 08:00:00+00");
    }

    @Test
    void anAttemptThatDiedAfterItsCommitIsFoundByTheNext() throws SQLException {
        // Given
        var before = actions.migrateBefore(STEP, input(SCRIPT, null));
        actions.migrate(STEP, input(SCRIPT, null), before);

        // When
        var result = actions.migrate(STEP, input(SCRIPT, null), before);

        // Then
        assertThat(result.applied()).isTrue();
        assertThat(result.alreadyApplied()).isTrue();
        assertThat(result.tablesCreated()).containsExactly("biometric_events", "kafka_dlq");
        assertThat(result.summary()).contains("an earlier attempt of this step");
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void aLaterReleaseFindsTheSameScriptApplied() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, null));

        // When
        var before = actions.migrateBefore(NEXT, input(SCRIPT, null));
        var result = actions.migrate(NEXT, input(SCRIPT.replace("\n", "\r\n"), null), before);

        // Then
        assertThat(before.appliedBy()).isEqualTo(STEP.key());
        assertThat(result.applied()).isFalse();
        assertThat(result.alreadyApplied()).isTrue();
        assertThat(result.tablesCreated()).isEmpty();
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void anotherScriptUnderTheNameIsRefused() {
        // Given
        migrate(STEP, input(SCRIPT, null));

        // When
        var failure = failure(() -> migrate(NEXT, input(SCRIPT + "CREATE TABLE more (id int)", null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("'bridge-1'").contains(STEP.key());
    }

    @Test
    void twoThatRaceHaveOneEffect() throws Exception {
        // Given
        var start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(2);
        List<Future<MigrateResult>> racing = List.of(STEP, NEXT).stream()
                .map(step -> pool.submit((Callable<MigrateResult>) () -> {
                    start.await();
                    return migrate(step, input("SELECT pg_sleep(0.2); " + SCRIPT, null));
                }))
                .toList();

        // When
        start.countDown();
        var results = List.of(racing.get(0).get(), racing.get(1).get());
        pool.shutdown();

        // Then
        assertThat(results).extracting(MigrateResult::applied).containsExactlyInAnyOrder(true, false);
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void ofAScriptThatFailsHalfWayNothingStays() throws SQLException {
        // When
        var failure = failure(() -> migrate(STEP, input(SCRIPT + "\nALTER TABLE absent ADD x int;", null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(failure.getOriginalMessage()).contains("absent").contains("line 4, column 1 of the script");
        assertThat(tables()).isEmpty();
    }

    @Test
    void dataThatBreaksAConstraintFailsWithoutShowingThem() throws SQLException {
        // Given
        server.run("CREATE TABLE " + schema + ".users (mail text); INSERT INTO " + schema
                + ".users VALUES ('ann@example.org'), ('ann@example.org')");

        // When
        var failure = failure(() -> migrate(STEP, input("CREATE UNIQUE INDEX one_mail ON users (mail)", null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure).message().contains("one_mail").doesNotContain("ann@example.org");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void anAttemptThatLostItsLeaseDoesNotCommit() throws SQLException {
        // Given
        Invocation lost = new Invocation() {
            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public void heartbeat(Object details) {
                if (String.valueOf(details).startsWith("committing")) {
                    throw new IllegalStateException("lease lost");
                }
            }

            @Override
            public <T> Optional<T> lastHeartbeat(Class<T> type) {
                return Optional.empty();
            }
        };

        // When
        Throwable failure;
        try (var late = PostgresTestServer.actions(server.connection(schema), Clock.fixed(NOW, ZoneOffset.UTC), lost)) {
            var before = late.migrateBefore(STEP, input(SCRIPT, null));
            failure = catchThrowable(() -> late.migrate(STEP, input(SCRIPT, null), before));
        }

        // Then
        assertThat(failure).hasMessage("lease lost");
        assertThat(tables()).isEmpty();
    }

    @Test
    void aStatementIsCancelledOnTheServerWhenItsAttemptIs() throws SQLException {
        // Given
        var beats = new AtomicInteger();
        Invocation cancelled = new Invocation() {
            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public void heartbeat(Object details) {
                if (beats.incrementAndGet() > 1) {
                    throw new IllegalStateException("cancelled");
                }
            }

            @Override
            public <T> Optional<T> lastHeartbeat(Class<T> type) {
                return Optional.empty();
            }
        };

        // When
        Throwable failure;
        try (Connection connection = server.open()) {
            var run = new ScriptRun(cancelled, connection, Script.of("SELECT pg_sleep(30)"), Duration.ofMillis(50));
            failure = catchThrowable(run::run);
        }

        // Then
        assertThat(failure).hasMessage("cancelled");
        assertThat(server.one("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)'"
                        + " AND state = 'active'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id)",
                "VACUUM",
                "CREATE DATABASE more",
                "BEGIN; CREATE TABLE t (id int); COMMIT",
            })
    void aScriptThatCannotRunInATransactionIsInvalid(String script) throws SQLException {
        // When
        var failure = failure(() -> migrate(STEP, input(script, null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("one transaction");
        assertThat(tables()).isEmpty();
    }

    @Test
    void functionsWithSemicolonsInThemAreApplied() throws SQLException {
        // When
        migrate(STEP, input("""
                        CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
                        CREATE FUNCTION two(n int) RETURNS int BEGIN ATOMIC SELECT 0; SELECT CASE n WHEN 1 THEN 2 END; END;
                        """, null));

        // Then
        assertThat(server.one("SELECT " + schema + ".one() + " + schema + ".two(1)"))
                .isEqualTo("3");
    }

    @Test
    void aScriptThatChangesItsSessionDisturbsNobody() throws SQLException {
        // When
        migrate(
                STEP,
                input("SELECT set_config('search_path', '', false); CREATE TABLE " + schema + ".t (id int)", null));
        var before = actions.migrateBefore(STEP, input(SCRIPT, null));

        // Then
        assertThat(records()).isEqualTo(1);
        assertThat(before.applied()).isTrue();
        assertThat(before.tables()).containsExactly("t");
    }

    @Test
    void aLockHeldByOthersIsAConflictAndRetried() throws SQLException {
        // Given
        server.run("CREATE TABLE " + schema + ".busy (id int)");
        var input =
                new MigrateInput(null, "bridge-1", "ALTER TABLE busy ADD x int", null, null, Duration.ofMillis(100));

        // When
        ApplicationFailure failure;
        try (Connection other = server.open();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE " + schema + ".busy");
            failure = failure(() -> migrate(STEP, input));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.CONFLICT);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("lock timeout");
    }

    @Test
    void undoRunsTheDownScriptAndRemovesTheRecord() throws SQLException {
        // Given
        var before = actions.migrateBefore(STEP, input(SCRIPT, DOWN));
        var result = actions.migrate(STEP, input(SCRIPT, DOWN), before);

        // When
        var undone = actions.undoMigrate(STEP, input(SCRIPT, DOWN), before, result);
        var again = actions.undoMigrate(STEP, input(SCRIPT, DOWN), before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(again.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(tables()).containsExactly("longwatch_migrations");
        assertThat(records()).isZero();
    }

    @Test
    void undoOfAnAttemptThatDiedAfterItsCommitGoesByTheRecord() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));

        // When
        var undone = undo(STEP, input(SCRIPT, DOWN));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(records()).isZero();
    }

    @Test
    void anUndoWhoseAttemptWasLostAfterItsCommitHasReverted() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));
        undo(STEP, input(SCRIPT, DOWN));

        // When
        UndoResult undone;
        try (var retried = PostgresTestServer.actions(
                server.connection(schema),
                Clock.fixed(NOW, ZoneOffset.UTC),
                after("committing the way back of bridge-1"))) {
            undone = retried.undoMigrate(
                    STEP, input(SCRIPT, DOWN), retried.migrateBefore(STEP, input(SCRIPT, DOWN)), null);
        }

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(undone.summary()).contains("bridge-1").contains("lost");
    }

    @Test
    void undoOfWhatNeverHappenedIsNotNeeded() throws SQLException {
        // When
        var undone = undo(STEP, input(SCRIPT, DOWN));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(tables()).isEmpty();
    }

    @Test
    void undoWithoutADownScriptIsRefused() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, null));

        // When
        var undone = undo(STEP, input(SCRIPT, null));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("no down script");
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void undoLeavesWhatAnotherReleaseApplied() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));
        migrate(NEXT, input(SCRIPT, DOWN));

        // When
        var undone = undo(NEXT, input(SCRIPT, DOWN));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(undone.summary()).contains(STEP.key());
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void theOrderOfMigrationsIsTheDatabasesThoughAWorkersClockIsLate() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));
        try (var late = PostgresTestServer.actions(
                server.connection(schema),
                Clock.fixed(NOW.minusSeconds(3600), ZoneOffset.UTC),
                Invocation.detached())) {
            var more = new MigrateInput(null, "bridge-2", "CREATE TABLE more (id int)", null, null, null);
            late.migrate(NEXT, more, late.migrateBefore(NEXT, more));
        }

        // When
        var undone = undo(STEP, input(SCRIPT, DOWN));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("bridge-2 was applied after it");
    }

    @Test
    void undoIsRefusedWhereALaterMigrationStandsOnIt() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));
        try (var later = PostgresTestServer.actions(
                server.connection(schema), Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC), Invocation.detached())) {
            var more = new MigrateInput(null, "bridge-2", "CREATE TABLE more (id int)", null, null, null);
            later.migrate(NEXT, more, later.migrateBefore(NEXT, more));
        }

        // When
        var undone = undo(STEP, input(SCRIPT, DOWN));

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("bridge-2").contains(NEXT.key());
        assertThat(tables()).contains("biometric_events");
    }

    @Test
    void aDownScriptThatOthersDependOnIsRefusedByTheServerAndNothingIsLost() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, DOWN));
        server.run("CREATE VIEW " + schema + ".latest AS SELECT * FROM " + schema + ".biometric_events");

        // When
        var failure = failure(() -> undo(STEP, input(SCRIPT, DOWN)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
        assertThat(tables()).contains("biometric_events", "kafka_dlq");
        assertThat(records()).isEqualTo(1);
    }

    @Test
    void aSchemaThatDoesNotExistIsNotFound() {
        // Given
        ApplicationFailure failure;

        // When
        try (var nowhere = PostgresTestServer.actions(server.connection("nowhere"))) {
            failure = failure(() -> nowhere.migrateBefore(STEP, input(SCRIPT, null)));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(failure.getOriginalMessage()).contains("schema does not exist");
    }

    @Test
    void aScriptThatCreatesTheSchemaOfItsRoleIsNotAppliedAgain() throws SQLException {
        // Given
        server.run("CREATE ROLE bridge LOGIN; GRANT CREATE ON DATABASE postgres TO bridge;"
                + " GRANT CREATE ON SCHEMA public TO bridge");
        var input = input("CREATE TABLE biometric_events (id int); CREATE SCHEMA bridge", DOWN);
        ApplicationFailure before;
        ApplicationFailure repeated;
        ApplicationFailure undone;
        try (var role = PostgresTestServer.actions(server.connectionAs("bridge", null))) {
            var found = role.migrateBefore(STEP, input);
            role.migrate(STEP, input, found);

            // When
            before = failure(() -> role.migrateBefore(NEXT, input));
            repeated = failure(() -> role.migrate(STEP, input, found));
            undone = failure(() -> role.undoMigrate(STEP, input, found, null));
        }
        String tables = server.one("SELECT count(*) FROM pg_tables WHERE schemaname = 'bridge'");
        server.run("DROP OWNED BY bridge CASCADE; DROP ROLE bridge");

        // Then
        assertThat(List.of(before, repeated, undone))
                .extracting(ApplicationFailure::getType)
                .containsOnly(Failures.REFUSED);
        assertThat(before.getOriginalMessage())
                .contains("schema bridge now")
                .contains("schema public has one")
                .contains("Write schema:");
        assertThat(tables).isEqualTo("0");
    }

    @Test
    void aSchemaThatTheConnectionNamesHasARecordOfItsOwn() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, null));
        server.run("CREATE SCHEMA another");

        // When
        MigrateResult result;
        try (var another = PostgresTestServer.actions(server.connection("another"))) {
            var before = another.migrateBefore(STEP, input(SCRIPT, null));
            result = another.migrate(STEP, input(SCRIPT, null), before);
        }
        server.run("DROP SCHEMA another CASCADE");

        // Then
        assertThat(result.alreadyApplied()).isFalse();
    }

    @Test
    void aRecordInASchemaThatTheRoleMayNotUseIsNoneOfIts() throws SQLException {
        // Given
        migrate(STEP, input(SCRIPT, null));
        server.run("CREATE ROLE stranger LOGIN");

        // When
        MigrateBefore before;
        try (var stranger = PostgresTestServer.actions(server.connectionAs("stranger", null))) {
            before = stranger.migrateBefore(NEXT, input(SCRIPT, null));
        }
        server.run("DROP ROLE stranger");

        // Then
        assertThat(before.applied()).isFalse();
    }

    @Test
    void theAttemptThatIsAskedBeforeACommitIsTheOneTakenAtTheBeginning() {
        // Given
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        MigrateInput input = input(SCRIPT, DOWN);
        var forward = new TakenAttempts();
        var back = new TakenAttempts();
        try (var applying = PostgresTestServer.actions(server.connection(schema), clock, forward);
                var undoing = PostgresTestServer.actions(server.connection(schema), clock, back)) {
            var before = applying.migrateBefore(STEP, input);

            // When
            applying.migrate(STEP, input, before);
            undoing.undoMigrate(STEP, input, before, null);
        }

        // Then
        assertThat(forward.renewed()).containsExactly(1);
        assertThat(back.renewed()).containsExactly(1);
    }

    /** The attempt after one whose last heartbeat said so. */
    private static Invocation after(String lastWord) {
        return new Invocation() {
            @Override
            public int attempt() {
                return 2;
            }

            @Override
            public void heartbeat(Object details) {}

            @Override
            public <T> Optional<T> lastHeartbeat(Class<T> type) {
                return Optional.of(type.cast(lastWord));
            }
        };
    }

    private MigrateResult migrate(StepRef step, MigrateInput input) {
        return actions.migrate(step, input, actions.migrateBefore(step, input));
    }

    private UndoResult undo(StepRef step, MigrateInput input) {
        return actions.undoMigrate(step, input, actions.migrateBefore(step, input), null);
    }

    private static ApplicationFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(ApplicationFailure.class, call));
    }

    private static MigrateInput input(String script, String down) {
        return new MigrateInput("events", "bridge-1", script, down, null, null);
    }

    private int records() throws SQLException {
        return Integer.parseInt(server.one("SELECT count(*) FROM " + schema + ".longwatch_migrations"));
    }

    private List<String> tables() throws SQLException {
        String names =
                server.one("SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_tables WHERE schemaname = '"
                        + schema + "'");
        return names == null ? List.of() : List.of(names.split(","));
    }
}
