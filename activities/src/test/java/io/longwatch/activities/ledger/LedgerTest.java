package io.longwatch.activities.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.connection.FreePort;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.decision.Judgement;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.soak.Measurement;
import io.longwatch.text.Sha256;
import io.temporal.failure.ApplicationFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class LedgerTest {
    private static final String RELEASE = "bridge-production-20260504-1";
    private static EmbeddedPostgres server;

    private Ledger ledger;

    @BeforeAll
    static void startServer() throws IOException {
        server = start(FreePort.find());
    }

    private static EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "off")
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void emptyDatabase() throws SQLException {
        run("DROP SCHEMA IF EXISTS longwatch CASCADE");
        ledger = new Ledger(address(server.getPort()));
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private static LedgerAddress address(int port) {
        return new LedgerAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", null);
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aWholeReleaseCanBeReadBackFromIt() throws SQLException {
        // Given
        ReleaseRecord record = Pages.record(RELEASE, ReleaseState.SUCCEEDED, StepState.PASSED, "Ping");

        // When
        boolean kept = new LedgerActions(ledger).keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, record));

        // Then
        KeptRelease found = ledger.find(RELEASE).orElseThrow();
        assertThat(kept).isTrue();
        assertThat(found.record()).isEqualTo(record);
        assertThat(found.request()).isEqualTo(Pages.request(RELEASE));
        assertThat(one("SELECT array_to_string(boxes, ',') FROM longwatch.step WHERE id = 'ping'"))
                .isEqualTo("1,2");
        assertThat(one("SELECT uncovered FROM longwatch.soak_window")).isEqualTo("00:03:00");
        assertThat(one("SELECT state FROM longwatch.effect")).isEqualTo("KEPT");
        assertThat(one("SELECT accepted FROM longwatch.decision")).isEqualTo("t");
        assertThat(one("SELECT record_sha256 = encode(sha256(convert_to(record::text, 'UTF8')), 'hex') FROM"
                        + " longwatch.release"))
                .isEqualTo("t");
    }

    @Test
    void theSamePageTwiceIsOneRelease() throws SQLException {
        // Given
        LedgerActions actions = new LedgerActions(ledger);
        actions.keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.PASSED));

        // When
        actions.keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.PASSED));

        // Then
        for (String table : List.of("release", "step", "effect", "decision", "soak_window")) {
            assertThat(one("SELECT count(*) FROM longwatch." + table)).as(table).isEqualTo("1");
        }
    }

    @Test
    void anOlderPageThatComesLateChangesNothing() throws SQLException {
        // Given
        LedgerActions actions = new LedgerActions(ledger);
        actions.keep(Pages.ref(RELEASE), Pages.page(RELEASE, 2, ReleaseState.SUCCEEDED, StepState.PASSED));

        // When
        actions.keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.RUNNING));

        // Then
        assertThat(one("SELECT r.state || ' ' || s.state FROM longwatch.release r, longwatch.step s"))
                .isEqualTo("SUCCEEDED PASSED");
    }

    @Test
    void aTextWithANulIsKeptAllTheSame() throws SQLException {
        // Given
        ReleaseRecord record = Pages.record(RELEASE, ReleaseState.RUNNING, StepState.PASSED, "Pi\0ng");

        // When
        new LedgerActions(ledger).keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, record));

        // Then
        assertThat(one("SELECT title FROM longwatch.step")).isEqualTo("Pi\uFFFDng");
        assertThat(ledger.find(RELEASE).orElseThrow().record()).isEqualTo(record);
    }

    @Test
    void whatActivitiesSawIsWrittenOnceBesideThem() throws Exception {
        // Given
        ObservationWriter observations = new ObservationWriter(ledger);
        Judgement judgement = new Judgement(true, "Ada", "ada", List.of("manager"), null, "people");
        observations.start();

        // When
        for (int twice = 0; twice < 2; twice++) {
            observations.judged(Pages.decision(RELEASE), judgement);
            observations.looked(RELEASE, "day", Pages.T, false, Map.of("latency", Measurement.passed(41.5)));
            observations.found(RELEASE, "ping", "redis.ping", "{\"summary\":\"PONG\"}", Pages.T);
            observations.found(RELEASE, "pong", "redis.ping", "{\"summary\":\"PONG\"}", Pages.T);
        }
        observations.close();

        // Then
        assertThat(observations.lost()).isZero();
        assertThat(one("SELECT person || ' ' || coalesce(accepted::text, 'open') FROM longwatch.decision"))
                .isEqualTo("Ada open");
        assertThat(one("SELECT string_agg(check_id || ' ' || figure || ' ' || outcome, ',') FROM"
                        + " longwatch.soak_sample"))
                .isEqualTo("latency 41.5 PASSED");
        assertThat(one("SELECT count(*) FROM longwatch.step_evidence")).isEqualTo("2");
        assertThat(one("SELECT sha256 FROM longwatch.evidence"))
                .isEqualTo(Sha256.hex("{\"summary\":\"PONG\"}".getBytes(UTF_8)));
    }

    @Test
    void aDecisionSeenAfterItsRulingKeepsTheRuling() throws Exception {
        // Given
        new LedgerActions(ledger)
                .keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.PASSED));
        ObservationWriter observations = new ObservationWriter(ledger);
        observations.start();

        // When
        observations.judged(Pages.decision(RELEASE), new Judgement(true, "Ada", "ada", List.of(), null, "people"));
        observations.close();

        // Then
        assertThat(one("SELECT authentic || ' ' || accepted || ' ' || message FROM longwatch.decision"))
                .isEqualTo("true true settled");
    }

    @Test
    void anEntryThatTheDatabaseNeverTakesIsLostAlone() throws Exception {
        // Given
        ledger.open();
        run("ALTER TABLE longwatch.soak_sample ADD CHECK (figure < 100)");
        ObservationWriter observations = new ObservationWriter(ledger);

        // When
        observations.looked(RELEASE, "day", Pages.T, false, Map.of("a", Measurement.passed(1.0)));
        observations.looked(RELEASE, "day", Pages.T, false, Map.of("b", Measurement.passed(200.0)));
        observations.looked(RELEASE, "day", Pages.T, false, Map.of("c", Measurement.passed(3.0)));
        observations.start();
        observations.close();

        // Then
        assertThat(observations.lost()).isOne();
        assertThat(one("SELECT string_agg(check_id, ',' ORDER BY check_id) FROM longwatch.soak_sample"))
                .isEqualTo("a,c");
    }

    @Test
    void severalWorkersMakeItsTablesAtOnce() throws Exception {
        // Given
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ledgers.add(new Ledger(address(server.getPort())));
        }
        ExecutorService threads = Executors.newFixedThreadPool(ledgers.size());

        // When
        List<Future<?>> opened = new ArrayList<>();
        ledgers.forEach(each -> opened.add(threads.submit(each::open)));
        for (Future<?> each : opened) {
            each.get();
        }

        // Then
        assertThat(one("SELECT count(*) FROM longwatch.ledger_history WHERE version = '1' AND success"))
                .isEqualTo("1");
        threads.shutdown();
        ledgers.forEach(Ledger::close);
    }

    @Test
    void tablesOfANewerWorkerAreWrittenAsTheyAre() throws SQLException {
        // Given
        ledger.open();
        run("ALTER TABLE longwatch.release ADD COLUMN added_later text");
        run("INSERT INTO longwatch.ledger_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) VALUES (9, '2', 'later', 'SQL', 'V2__later.sql', 7,"
                + " 'postgres', 1, true)");

        // When
        try (Ledger older = new Ledger(address(server.getPort()))) {
            older.open();
            new LedgerActions(older)
                    .keep(Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.PASSED));
        }

        // Then
        KeptRelease kept = ledger.find(RELEASE).orElseThrow();
        assertThat(kept.request()).isEqualTo(Pages.request(RELEASE));
        assertThat(kept.record()).isEqualTo(Pages.record(RELEASE, ReleaseState.RUNNING, StepState.PASSED, "Ping"));
    }

    @Test
    void tablesThatDifferFromWhatWasAppliedAreRefused() throws SQLException {
        // Given
        ledger.open();
        run("UPDATE longwatch.ledger_history SET checksum = checksum + 1 WHERE version = '1'");

        // When
        try (Ledger other = new Ledger(address(server.getPort()))) {

            // Then
            assertThatThrownBy(other::open)
                    .isInstanceOf(InvalidLedger.class)
                    .hasMessageContaining("cannot be brought up to date")
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void aProbeTellsWhetherItsTablesAreThereAndMakesNone() throws SQLException {
        // When
        String before = ledger.probe();
        String schemas = one("SELECT count(*) FROM pg_namespace WHERE nspname = 'longwatch'");
        ledger.open();
        String after = ledger.probe();

        // Then
        assertThat(before).endsWith("; a worker makes the tables that are missing when it starts");
        assertThat(schemas).isEqualTo("0");
        assertThat(after)
                .isEqualTo("answers at 127.0.0.1:" + server.getPort() + "/postgres, its tables are up to date");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "UPDATE longwatch.ledger_history SET checksum = checksum + 1 WHERE version = '1', checksum",
                "DROP TABLE longwatch.ledger_history, it holds what is not the ledger's"
            })
    void aProbeRefusesTablesThatAreNotItsOwn(String change, String why) throws SQLException {
        // Given
        ledger.open();
        run(change);

        // When / Then
        assertThatThrownBy(ledger::probe)
                .isInstanceOf(InvalidLedger.class)
                .hasMessageContaining("cannot be brought up to date")
                .hasMessageContaining(why);
    }

    @Test
    void aProbeRefusesARoleThatMayNotMakeItsTables() throws SQLException {
        // Given
        run("DROP ROLE IF EXISTS reader");
        run("CREATE ROLE reader LOGIN");
        LedgerAddress readers =
                new LedgerAddress("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "reader", null);
        try (Ledger other = new Ledger(readers)) {

            // When / Then
            assertThatThrownBy(other::probe)
                    .isInstanceOf(InvalidLedger.class)
                    .hasMessageEndingWith("its role may not make one");
        }
    }

    @Test
    void aProbeOfOneThatIsDownSaysWhy() {
        // Given
        try (Ledger down = new Ledger(address(FreePort.find()))) {

            // When / Then
            assertThatThrownBy(down::probe).isInstanceOf(SQLException.class).hasMessageContaining("refused");
        }
    }

    @Test
    void whatComesWhileTooMuchWaitsIsLostAndCounted() {
        // Given
        ObservationWriter observations = new ObservationWriter(ledger);

        // When
        for (int i = 0; i < 20_002; i++) {
            observations.looked(RELEASE, "day", Pages.T, false, Map.of("latency", Measurement.passed(1.0)));
        }

        // Then
        assertThat(observations.lost()).isEqualTo(2);
        observations.close();
    }

    @Test
    void oneThatIsDownIsSaidSoAtOnceAndWrittenWhenItIsBack() throws Exception {
        // Given
        EmbeddedPostgres former = start(0);
        int port = former.getPort();
        former.close();
        try (Ledger down = new Ledger(address(port))) {
            ObservationWriter observations = new ObservationWriter(down);
            LedgerActions actions = new LedgerActions(down);

            // When
            down.open();
            observations.start();
            observations.looked(RELEASE, "day", Pages.T, false, Map.of("latency", Measurement.passed(1.0)));
            long begin = System.nanoTime();
            assertThatThrownBy(() -> actions.keep(
                            Pages.ref(RELEASE), Pages.page(RELEASE, 1, ReleaseState.RUNNING, StepState.PASSED)))
                    .isInstanceOfSatisfying(
                            ApplicationFailure.class,
                            failure -> assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE))
                    .hasMessageContaining("127.0.0.1:" + port);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            // Then
            assertThat(took).isLessThan(Duration.ofSeconds(4));
            try (EmbeddedPostgres back = start(port)) {
                assertThat(back.getPort()).isEqualTo(port);
                assertThat(observations.settle(Duration.ofSeconds(40))).isTrue();
                assertThat(observations.lost()).isZero();
                assertThat(down.find("other")).isEmpty();
                observations.close();
            }
        }
    }

    @Test
    void whereNoWorkerEverWroteThereIsNoLedger() {
        // When
        // Then
        assertThatThrownBy(() -> ledger.find(RELEASE)).hasMessageContaining("no ledger is there");
    }

    @Test
    void itsAddressHoldsNoCredentials() {
        // When
        // Then
        assertThatThrownBy(() -> new LedgerAddress("jdbc:postgresql://db/ledger?password=x", "longwatch", null))
                .hasMessageContaining("holds no credentials");
        assertThat(new LedgerAddress("jdbc:postgresql://db/ledger", "longwatch", Secret.ofEnv("LEDGER")).toString())
                .contains("secret from environment variable LEDGER");
    }
}
