package io.longwatch.activities.postgres;

import static io.longwatch.activities.postgres.PostgresTestServer.actions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.actions.postgres.QueryInput;
import io.longwatch.actions.postgres.QueryResult;
import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresQueryTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "stored");

    private static PostgresTestServer server;
    private static PostgresActions actions;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = PostgresTestServer.start();
        server.run("""
                CREATE TABLE events (id bigint PRIMARY KEY, user_id text, kind uuid, at timestamptz, body jsonb);
                INSERT INTO events SELECT n, 'test_prod_' || n, '00000000-0000-0000-0000-000000000001',
                    '2026-11-21 10:00:00+02', '{"bpm": 61}' FROM generate_series(1, 3) n;
                CREATE TYPE colour AS ENUM ('red');
                """);
        actions = actions(server.connection(null));
    }

    @AfterAll
    static void stopServer() throws IOException {
        actions.close();
        server.close();
    }

    @Test
    void aCountIsTheValueAndTheSummary() {
        // When
        var result =
                query("SELECT count(*) AS stored FROM events WHERE user_id LIKE :prefix", Map.of("prefix", "test%"));

        // Then
        assertThat(result.value()).isEqualTo(3L);
        assertThat(result.row()).containsExactly(Map.entry("stored", 3L));
        assertThat(result.rowCount()).isEqualTo(1);
        assertThat(result.summary()).isEqualTo("stored = 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 AS missing, true AS kept | missing = 0, kept = true
            0 AS missing, 'x' AS kind | missing = 0; 1 column left out, not declared in outputs
            1 AS a, 2 AS b, 3 AS c, 4 AS d, 5 AS e, 6 AS f | a = 1, b = 2, c = 3, d = 4, e = 5, f = 6
            1 AS a, 2 AS b, 3 AS c, 4 AS d, 5 AS e, 6 AS f, 7 AS g | 1 row
            """)
    void aRowOfAFewFiguresIsTheSummary(String columns, String summary) {
        // When / Then
        assertThat(query("SELECT " + columns, Map.of()).summary()).isEqualTo(summary);
    }

    @Test
    void withoutOutputsOnlyFiguresComeBack() throws IOException {
        // Given
        String sql =
                "SELECT 'ann@example.org' AS mail, now() AS at, id, user_id, body, id = 1 AS first, NULL::int AS none"
                        + " FROM events ORDER BY id";

        // When
        var all = query(sql, Map.of());
        var one = query(sql + " LIMIT 1", Map.of());

        // Then
        assertThat(all.value()).isNull();
        assertThat(all.row())
                .containsOnlyKeys("id", "first", "none")
                .containsEntry("id", 1L)
                .containsEntry("first", true);
        assertThat(all.summary()).isEqualTo("3 rows; 4 columns left out, not declared in outputs");
        assertThat(new ObjectMapper().writeValueAsString(one)).doesNotContain("ann", "test_prod", "bpm");
    }

    @Test
    void theValueIsAFigureOrADeclaredOutput() {
        // Given
        String sql = "SELECT 'red' AS colour, 'high' AS level";

        // When
        var declared = actions.query(STEP, input(sql, Map.of(), List.of("colour")));
        var undeclared = actions.query(STEP, input(sql, Map.of(), List.of("level")));

        // Then
        assertThat(declared.value()).isEqualTo("red");
        assertThat(declared.summary()).isEqualTo("colour = red");
        assertThat(undeclared.value()).isNull();
        assertThat(undeclared.summary()).isEqualTo("level = high");
    }

    @Test
    void valuesAreBoundByTheTypeOfTheirPlace() {
        // Given
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("ids", List.of("test_prod_1", "test_prod_2", "a\"b\\c,{}"));
        parameters.put("kind", "00000000-0000-0000-0000-000000000001");
        parameters.put("since", "2026-11-21T07:00:00Z");
        parameters.put("hours", 3);
        parameters.put("body", Map.of("bpm", 61));
        parameters.put("nothing", null);

        // When
        var result = query("""
                SELECT count(*) FROM events WHERE user_id = ANY(:ids) AND kind = :kind AND at >= :since
                AND at < :since::timestamptz + make_interval(hours => :hours) AND body @> :body
                AND id <> ALL(:ids_not) AND (:nothing::text IS NULL)
                """, with(parameters, "ids_not", List.of(7, 8)));

        // Then
        assertThat(result.value()).isEqualTo(2L);
    }

    @Test
    void nothingWithinLiteralsCommentsAndCastsIsAParameter() {
        // Given
        String sql = """
                -- not :this; nor that?
                SELECT ':text; ?' AS "a:b;?", /* :neither; */ $$:nor; ?$$ AS d, E'it\\'s :it', '1'::int,
                    jsonb '{"a": 1}' ? 'a' AS has, :yes AS yes;
                """;

        // When
        var result = actions.query(STEP, input(sql, Map.of("yes", 5), List.of("a:b;?", "d", "has", "yes")));

        // Then
        assertThat(result.row())
                .containsEntry("a:b;?", ":text; ?")
                .containsEntry("d", ":nor; ?")
                .containsEntry("has", true)
                .containsEntry("yes", 5L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1::smallint | 1
            2::bigint | 2
            sum(x) FROM (VALUES (1::bigint), (2)) v(x) | 3
            1.50::numeric | 1.5
            0.25::float4 | 0.25
            'NaN'::float8 | NaN
            'NaN'::numeric | NaN
            timestamptz '2026-11-21 10:00:00+02' | 2026-11-21T08:00:00Z
            timestamp '2026-11-21 10:00:00' | 2026-11-21T10:00
            timestamptz 'infinity' | infinity
            date '2026-11-21' | 2026-11-21
            time '10:30' | 10:30
            true | true
            '\\x0102'::bytea | 2 bytes
            '{"a":1}'::jsonb | {"a": 1}
            ARRAY[1,2] | {1,2}
            interval '90 minutes' | 01:30:00
            NULL::text | null
            """)
    void cellsAreNumbersTruthValuesAndIsoText(String expression, String expected) {
        // Given
        String sql = "SELECT (SELECT " + expression + ") AS cell";

        // When
        Object value =
                actions.query(STEP, input(sql, Map.of(), List.of("cell"))).value();

        // Then
        assertThat(String.valueOf(value)).isEqualTo(expected);
    }

    @Test
    void onlyDeclaredOutputsComeBackAndNoRowIsNoValue() {
        // When
        var some = actions.query(STEP, input("SELECT * FROM events ORDER BY id", Map.of(), List.of("user_id")));
        var none = actions.query(STEP, input("SELECT * FROM events WHERE false", Map.of(), List.of("user_id")));

        // Then
        assertThat(some.row()).containsExactly(Map.entry("user_id", "test_prod_1"));
        assertThat(some.rowCount()).isEqualTo(3);
        assertThat(some.summary()).isEqualTo("3 rows");
        assertThat(none.value()).isNull();
        assertThat(none.row()).isEmpty();
        assertThat(none.rowCount()).isZero();
    }

    @Test
    void rowsAreCountedUpToTheLimit() {
        // When
        var result =
                actions.query(STEP, new QueryInput(null, "SELECT * FROM generate_series(1, 50)", null, null, null, 20));

        // Then
        assertThat(result.rowCount()).isEqualTo(20);
        assertThat(result.truncated()).isTrue();
        assertThat(result.summary()).isEqualTo("more than 20 rows");
    }

    @Test
    void theWidestRowStaysWithinTheBudgetOfAResult() throws IOException {
        // Given
        var columns = new StringBuilder("SELECT repeat(E'\\u0001', 5000) AS first");
        List<String> outputs = new ArrayList<>(List.of("first"));
        for (int i = 0; i < 15; i++) {
            String name = "c".repeat(60) + i;
            columns.append(", repeat('äß\"', 5000) AS \"").append(name).append('"');
            outputs.add(name);
        }

        // When
        var result = actions.query(STEP, input(columns.toString(), Map.of(), outputs));

        // Then
        assertThat(new ObjectMapper().writeValueAsString(result).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(8192);
        assertThat(result.row()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM events",
                "INSERT INTO events (id) VALUES (9) RETURNING id",
                "WITH gone AS (DELETE FROM events RETURNING id) SELECT count(*) FROM gone",
                "CREATE TABLE more (id int)"
            })
    void aStatementThatWritesIsRefusedAndChangesNothing(String sql) throws SQLException {
        // When
        var failure = failure(sql, Map.of());

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(server.one("SELECT count(*) FROM events")).isEqualTo("3");
    }

    @Test
    void aSecondStatementCannotLeaveTheReadOnlyTransaction() throws SQLException {
        // When
        var failure = failure("COMMIT; DELETE FROM events", Map.of());

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("more than one statement");
        assertThat(server.one("SELECT count(*) FROM events")).isEqualTo("3");
    }

    @Test
    void aSyntaxErrorNamesItsPlaceInThePlansText() {
        // When
        var failure = failure("SELECT id\nFROM events\nWHERE user_id = :user AND AND id = 1", Map.of("user", "s3cret"));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage())
                .contains("line 3, column 27 of the statement")
                .contains("syntax error at or near \"AND\"")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT :v::int, s3cret",
        "SELECT * FROM events WHERE at > :v::timestamptz, s3cret",
        "SELECT :v::colour, s3cret",
        "SELECT :v::int4, 99999999999999",
    })
    void aValueThatDoesNotFitIsNotShown(String sql, String value) {
        // When
        var failure = failure(sql, Map.of("v", value));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure).message().doesNotContain(value);
        assertThat(failure.getCause()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM nowhere | NotFound | nowhere
            SELECT nothing FROM events | InvalidInput | nothing
            SELECT :absent | InvalidInput | absent
            SELECT 1 / 0 | InvalidInput | division by zero
            SET work_mem = '1MB' | InvalidInput | gives no rows
            VACUUM | InvalidInput | cannot run inside a transaction
            """)
    void aStatementThatCannotBeRightIsFinal(String sql, String type, String says) {
        // When
        var failure = failure(sql, Map.of());

        // Then
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains(says);
    }

    @Test
    void anOutputThatIsNoColumnNamesTheColumns() {
        // When
        var failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> actions.query(STEP, input("SELECT 1 AS one, 2 AS two", Map.of(), List.of("three"))));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("'three'").contains("[one, two]");
    }

    @Test
    void aStatementBeyondItsTimeIsRetried() {
        // When
        var failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> actions.query(
                        STEP, new QueryInput(null, "SELECT pg_sleep(5)", null, null, Duration.ofMillis(100), null)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("statement timeout");
    }

    @Test
    void aStatementThatCouldOutliveItsAttemptIsInvalid() {
        // When
        var failure = catchThrowable(() -> new QueryInput(null, "SELECT 1", null, null, Duration.ofMinutes(5), null));

        // Then
        assertThat(failure)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("statementTimeout is PT5M; write at most 50s");
        assertThat(new QueryInput(null, "SELECT 1", null, null, Duration.ofSeconds(50), null)
                        .statementTimeoutOrDefault())
                .isEqualTo(Duration.ofSeconds(50));
    }

    @Test
    void aPrivilegeThatLacksIsDeniedAndNamesTheRole() throws SQLException {
        // Given
        server.run("CREATE ROLE reader LOGIN");

        // When
        ApplicationFailure failure;
        try (var reader = actions(server.connectionAs("reader", null))) {
            failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> reader.query(STEP, input("SELECT * FROM events", Map.of(), null)));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.getOriginalMessage())
                .contains("permission denied for table events")
                .contains("'reader'");
    }

    @Test
    void aWrongPasswordIsDeniedWithoutIt(@TempDir Path dir) throws IOException, SQLException {
        // Given
        server.run("CREATE ROLE guarded LOGIN PASSWORD 'right'");
        Path hba = Path.of(server.one("SHOW hba_file"));
        Files.writeString(hba, "host all guarded 127.0.0.1/32 scram-sha-256\n" + Files.readString(hba));
        server.run("SELECT pg_reload_conf()");
        Path password = Files.writeString(dir.resolve("password"), "wr0ng");

        // When
        ApplicationFailure failure;
        QueryResult afterRotation;
        try (var guarded = actions(server.connectionAs("guarded", Secret.ofFile(password)))) {
            failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> guarded.query(STEP, input("SELECT 1", Map.of(), null)));
            Files.writeString(password, "right\n");
            afterRotation = guarded.query(STEP, input("SELECT 1", Map.of(), null));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("'guarded'").doesNotContain("wr0ng");
        assertThat(afterRotation.value()).isEqualTo(1L);
    }

    @Test
    void anUnknownDatabaseIsNotFound() {
        // Given
        var nowhere = new PostgresConnection(
                server.url().replace("/postgres", "/nowhere"), "postgres", null, null, Duration.ofSeconds(3));

        // When
        ApplicationFailure failure;
        try (var actions = actions(nowhere)) {
            failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> actions.query(STEP, input("SELECT 1", Map.of(), null)));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
        assertThat(failure.getOriginalMessage()).contains("nowhere");
    }

    @Test
    void aServerThatIsDownIsUnavailableAndRetried() throws IOException {
        // Given
        var down = new PostgresConnection(
                "jdbc:postgresql://127.0.0.1:" + FreePort.find() + "/postgres", "postgres", null, null, null);

        // When
        ApplicationFailure failure;
        try (var actions = actions(down)) {
            failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> actions.query(STEP, input("SELECT 1", Map.of(), null)));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).contains("127.0.0.1:");
    }

    @Test
    void aSessionThatTheServerEndedIsRetriedOnANewOne() throws SQLException {
        // Given
        ApplicationFailure failure;
        QueryResult again;
        try (var own = actions(server.connection(null));
                Connection other = server.open();
                Statement kill = other.createStatement()) {
            own.query(STEP, input("SELECT 1", Map.of(), null));

            // When
            var running = new Thread(() -> killWhenAsleep(kill));
            running.start();
            failure = catchThrowableOfType(
                    ApplicationFailure.class, () -> own.query(STEP, input("SELECT pg_sleep(10)", Map.of(), null)));
            again = own.query(STEP, input("SELECT 1", Map.of(), null));
        }

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(again.value()).isEqualTo(1L);
    }

    private static void killWhenAsleep(Statement kill) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            try (var row = kill.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE query LIKE '%pg_sleep(10)%' AND state = 'active' AND pid <> pg_backend_pid()")) {
                row.next();
                return row.getInt(1) == 1;
            }
        });
    }

    private static QueryResult query(String sql, Map<String, Object> parameters) {
        return actions.query(STEP, input(sql, parameters, null));
    }

    private static ApplicationFailure failure(String sql, Map<String, Object> parameters) {
        return catchThrowableOfType(ApplicationFailure.class, () -> query(sql, parameters));
    }

    private static QueryInput input(String sql, Map<String, Object> parameters, List<String> outputs) {
        return new QueryInput("events", sql, parameters, outputs, null, null);
    }

    private static Map<String, Object> with(Map<String, Object> parameters, String name, Object value) {
        parameters.put(name, value);
        return parameters;
    }
}
