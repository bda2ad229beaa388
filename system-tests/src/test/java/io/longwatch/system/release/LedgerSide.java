package io.longwatch.system.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.release.ReleaseRecord;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the ledger of a site holds, asked directly and by the command line. */
final class LedgerSide {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ELSEWHERE = "default";

    private final Site site;

    LedgerSide(Site site) {
        this.site = site;
    }

    /** The release alone stands there, as it ended, each of its decisions, effects and windows once. */
    void assertHolds(ReleaseRecord end) throws SQLException {
        await("the ledger's last page")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rows("SELECT id || ' ' || state FROM release"))
                        .containsExactly(end.release() + " " + end.state()));
        assertThat(rows("SELECT release_id || '/' || step_id || ' ' || state FROM effect"))
                .containsExactlyInAnyOrderElementsOf(end.effects().stream()
                        .map(effect -> end.release() + "/" + effect.step() + " " + effect.state())
                        .toList());
        assertThat(rows("SELECT subject || ' ' || verb || ' ' || who FROM decision WHERE accepted"))
                .containsExactlyInAnyOrderElementsOf(end.decisions().stream()
                        .filter(decision -> decision.accepted())
                        .map(decision -> decision.decision().subject() + " "
                                + decision.decision().verb().word() + " "
                                + decision.decision().who())
                        .toList());
        assertThat(rows("SELECT id || ' ' || coalesce(verdict, '') FROM soak_window"))
                .containsExactlyInAnyOrderElementsOf(end.soak().stream()
                        .map(window -> window.window() + " " + (window.verdict() == null ? "" : window.verdict()))
                        .toList());
    }

    /** Where Temporal does not know the release, its report is read from the ledger, and is the same. */
    void assertReportIsReadFrom(String release) {
        JsonNode known = record(site.shell().run("report", release, "--format", "json"));
        Longwatch.Ran kept = site.shell()
                .inNamespace(ELSEWHERE, site.ledger(), site.world().postgres().user())
                .run("report", release, "--format", "json");
        assertThat(record(kept)).isEqualTo(known);
        assertThat(kept.err()).contains("Temporal no longer knows " + release);
    }

    private static JsonNode record(Longwatch.Ran report) {
        return FarSide.json(report.done().out()).path("record");
    }

    private List<String> rows(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        site.ledger() + "?currentSchema=longwatch",
                        site.world().postgres().user(),
                        "");
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
