package io.longwatch.system.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.postgres.PostgresActions;
import io.longwatch.activities.postgres.PostgresConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.sandbox.postgres.PostgresContract;
import io.longwatch.system.parts.PostgresServer;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a server that can be killed, and what a release sees of that. */
@Timeout(300)
class PostgresServerTest extends PostgresContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "schema");

    @TempDir
    static Path folder;

    private static PostgresServer server;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.start(folder);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected PostgresConnection connection() {
        return new PostgresConnection(server.url(), server.user(), null, null, null);
    }

    @Test
    void aServerThatWasKilledIsTriedAgainAndAnswersWhenItIsBack() throws IOException {
        // Given
        var connections = new Connections("production", Map.of("events", connection()), Map.of());
        try (PostgresActions actions = new PostgresActions(ActionContext.of(connections, Clock.systemUTC()))) {
            query(actions, "SELECT 1");
            server.kill();

            // When
            var down = failure(() -> query(actions, "SELECT 1"));
            server.restart();
            Object back = query(actions, "SELECT 41 + 1");

            // Then
            assertThat(down.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(down.isNonRetryable()).isFalse();
            assertThat(back).isEqualTo(42L);
        }
    }

    @Test
    void aMigrationDuringWhichTheServerIsKilledIsAppliedOnceByTheNextAttempt() throws Exception {
        // Given
        var connections = new Connections("production", Map.of("events", connection()), Map.of());
        var input = new MigrateInput(
                "events",
                "killed",
                "CREATE TABLE killed (id int); SELECT pg_sleep(2); INSERT INTO killed VALUES (1)",
                "DROP TABLE killed",
                null,
                null);
        try (PostgresActions actions = new PostgresActions(ActionContext.of(connections, Clock.systemUTC()))) {
            var before = actions.migrateBefore(STEP, input);

            // When
            var lost = CompletableFuture.supplyAsync(() -> failure(() -> actions.migrate(STEP, input, before)));
            awaitSleep(actions);
            server.kill();
            ApplicationFailure failure = lost.get(180, TimeUnit.SECONDS);
            server.restart();
            var applied = actions.migrate(STEP, input, before);
            var repeated = actions.migrate(STEP, input, before);

            // Then
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(applied.alreadyApplied()).isFalse();
            assertThat(repeated.alreadyApplied()).isTrue();
            assertThat(query(actions, "SELECT count(*) FROM killed")).isEqualTo(1L);
        }
    }

    private static void awaitSleep(PostgresActions actions) {
        await("the migration asleep")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> query(actions, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
                        .equals(1L));
    }

    private static Object query(PostgresActions actions, String sql) {
        return actions.query(STEP, new QueryInput(null, sql, null, null, null, null))
                .value();
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, action);
        assertThat(failure).as("it should have failed").isNotNull();
        return failure;
    }
}
