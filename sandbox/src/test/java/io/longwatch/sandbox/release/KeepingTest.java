package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.of;
import static io.longwatch.sandbox.release.Plans.phase;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.ledger.Ledger;
import io.longwatch.activities.ledger.LedgerActions;
import io.longwatch.activities.ledger.LedgerAddress;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.ledger.LedgerPage;
import io.longwatch.release.Note;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.starter.Longwatch;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.Connection;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What remains of a release in the ledger. */
@Timeout(180)
class KeepingTest {
    private static final String PLAN =
            of("", phase("check", "T-1h", read("look")) + phase("deploy", "T", scale("a")), "", "");

    @Test
    void aReleaseThatTemporalNoLongerKnowsIsReportedFromTheLedger() throws IOException {
        // Given
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Ledger ledger = new Ledger(new LedgerAddress(server.url(), server.user(), null))) {
            ledger.open();
            ReleaseRecord record;
            try (Trial trial = Trial.keptIn(PLAN, new LedgerActions(ledger))) {
                record = trial.finish();
            }
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();

            // When
            int exit = runWithoutTheRelease(out, err, server.url(), "report", record.release(), "--format", "json");

            // Then
            assertThat(err.toString()).contains("Temporal no longer knows " + record.release());
            assertThat(exit).isZero();
            assertThat(Json.mapper().readTree(out.toString()).get("record"))
                    .isEqualTo(Json.mapper().readTree(Json.mapper().writeValueAsString(record)));
        }
    }

    private static int runWithoutTheRelease(StringWriter out, StringWriter err, String ledger, String... command) {
        try (TestWorkflowEnvironment empty = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build())) {
            World world = new World(
                    Clock.systemUTC(),
                    ZoneId.of("UTC"),
                    Map.of("LONGWATCH_LEDGER", ledger, "LONGWATCH_LEDGER_USER", "postgres"),
                    "ada",
                    (address, namespace) -> new Connection(empty.getWorkflowClient(), "127.0.0.1:7233", () -> {}),
                    false);
            return Longwatch.commandLine(world, command)
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(command);
        }
    }

    @Test
    void aPageIsKeptAtTheStartAfterEachPhaseAndAtTheEndForOneEventEach() {
        // Given
        List<LedgerPage> pages = new CopyOnWriteArrayList<>();
        LedgerActivities ledger = (release, page) -> pages.add(page);
        try (Trial trial = Trial.keptIn(PLAN, ledger)) {

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(pages).extracting(LedgerPage::number).hasSize(4).isSorted();
            assertThat(pages.get(3).record()).isEqualTo(Json.mapper().valueToTree(record));
            assertThat(trial.eventsFrom(0))
                    .filteredOn("MARKER_RECORDED"::equals)
                    .as("one for each change of the workflow, for who asked, for what was asked, for each page")
                    .hasSize(10);
            assertThat(trial.history().toString().length()).isLessThan(200_000);
        }
    }

    @Test
    void aLedgerThatIsDownNeitherStopsNorFailsARelease() {
        // Given
        List<Long> tries = new ArrayList<>();
        LedgerActivities down = (release, page) -> {
            tries.add(page.number());
            throw Failures.unavailable("ledger db:5432/ledger: Connection refused", null);
        };
        try (Trial trial = Trial.keptIn(PLAN, down)) {

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(tries).hasSize(8);
            assertThat(record.timeline())
                    .extracting(Note::text)
                    .contains("the ledger cannot be written, which does not stop the release: ledger db:5432/ledger:"
                            + " Connection refused")
                    .anyMatch(note -> note.startsWith("this release is not whole in the ledger"));
        }
    }

    @Test
    void whatADownLedgerMissedIsMadeGoodByTheNextPage() {
        // Given
        List<LedgerPage> kept = new CopyOnWriteArrayList<>();
        AtomicInteger tries = new AtomicInteger();
        LedgerActivities shaky = (release, page) -> {
            if (tries.incrementAndGet() < 3) {
                throw Failures.unavailable("not yet", null);
            }
            return kept.add(page);
        };
        try (Trial trial = Trial.keptIn(PLAN, shaky)) {

            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.timeline()).extracting(Note::text).contains("the ledger is written again");
            assertThat(kept.get(kept.size() - 1).record().path("state").asText())
                    .isEqualTo("SUCCEEDED");
        }
    }
}
