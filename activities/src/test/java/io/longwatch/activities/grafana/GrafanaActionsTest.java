package io.longwatch.activities.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longwatch.actions.grafana.CheckDashboardInput;
import io.longwatch.actions.grafana.ImportDashboardBefore;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.Echo;
import io.longwatch.activities.http.Echo.Received;
import io.longwatch.activities.http.Echo.Reply;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire; what a Grafana makes of dashboards is held by its contract suite in the sandbox. */
class GrafanaActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "dashboard");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);
    private static final ImportDashboardInput IMPORT =
            new ImportDashboardInput(null, "{\"uid\": \"bridge\", \"title\": \"Bridge\"}", null, null, null);
    private static final ImportDashboardBefore NEW = new ImportDashboardBefore("bridge", false, 0, "", null);
    private static final CheckDashboardInput CHECK =
            new CheckDashboardInput(null, "bridge", null, null, null, null, null);
    private static final String DASHBOARD = """
            {"dashboard": {"uid": "bridge", "title": "Bridge", "version": 1, "panels": [
               {"id": 1, "type": "stat", "title": "P99", "datasource": {"uid": "prometheus"},
                "targets": [{"refId": "A", "expr": "up"}]}]},
             "meta": {"url": "/d/bridge/bridge"}}""";

    @TempDir
    Path folder;

    private Echo grafana;

    @BeforeEach
    void start() throws IOException {
        grafana = new Echo();
    }

    @AfterEach
    void stop() {
        grafana.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidInput, true",
        "401, Denied, true",
        "403, Denied, true",
        "404, NotFound, true",
        "408, Unavailable, false",
        "409, Conflict, false",
        "418, Failed, true",
        "422, InvalidInput, true",
        "429, Unavailable, false",
        "500, Unavailable, false",
        "503, Unavailable, false"
    })
    void refusalsOfAnImportGetTheContractsNames(int status, String type, boolean forGood) throws IOException {
        // Given
        grafana.answer(request ->
                request.method().equals("POST") ? refusal(status) : new Reply(404, "{\"message\": \"none\"}"));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().importDashboard(STEP, IMPORT, NEW));

        // Then
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.isNonRetryable()).isEqualTo(forGood);
        assertThat(failure.getOriginalMessage()).contains("its own words").contains(String.valueOf(status));
    }

    @Test
    void anImportIsTriedAgainAfterGrafanaWasNotThereAndSavesOnce() throws IOException {
        // Given
        GrafanaActions actions = actions();
        grafana.answer(
                request -> request.method().equals("POST") ? refusal(503) : new Reply(404, "{\"message\": \"none\"}"));
        catchThrowableOfType(ApplicationFailure.class, () -> actions.importDashboard(STEP, IMPORT, NEW));
        grafana.received().clear();
        grafana.answer(this::grafanaThatSaves);

        // When
        var result = actions.importDashboard(STEP, IMPORT, NEW);

        // Then
        assertThat(result.created()).isTrue();
        assertThat(grafana.received().stream().filter(GrafanaActionsTest::saves))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aCheckThatGrafanaDoesNotAnswerIsTriedAgain(int status) throws IOException {
        // Given
        grafana.answer(request -> refusal(status));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().checkDashboard(STEP, CHECK));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.isNonRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aQueryThatGrafanaDoesNotAnswerIsNoEmptyPanel(int status) throws IOException {
        // Given
        grafana.answer(request -> request.path().equals("/api/ds/query") ? refusal(status) : new Reply(200, DASHBOARD));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().checkDashboard(STEP, CHECK));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage()).contains("its own words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"elements\": {\"panel-1\": {\"kind\": \"Panel\"}}}|schema v2",
                "{\"kind\": \"Dashboard\", \"spec\": {\"elements\": {}}}|schema v2",
                "{\"panels\": []}|no panels"
            })
    void aDashboardInWhichNoPanelIsFoundFailsAndSaysWhy(String dashboard, String why) throws IOException {
        // Given
        grafana.answer(request -> new Reply(200, "{\"dashboard\": " + dashboard + ", \"meta\": {}}"));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().checkDashboard(STEP, CHECK));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure.getOriginalMessage()).contains("'bridge'", why);
    }

    @Test
    void aGrafanaThatCannotBeReachedIsUnavailable() throws IOException {
        // Given
        Echo gone = new Echo();
        gone.close();
        GrafanaActions actions = actions(gone.uri());

        // When
        var importing =
                catchThrowableOfType(ApplicationFailure.class, () -> actions.importDashboard(STEP, IMPORT, NEW));
        var checking = catchThrowableOfType(ApplicationFailure.class, () -> actions.checkDashboard(STEP, CHECK));

        // Then
        assertThat(List.of(importing, checking)).allSatisfy(failure -> {
            assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
            assertThat(failure.isNonRetryable()).isFalse();
            assertThat(failure.getOriginalMessage()).contains("did not answer").doesNotContain("t0ken");
        });
    }

    private static Reply refusal(int status) {
        return new Reply(status, "{\"message\": \"its own words\"}");
    }

    private Reply grafanaThatSaves(Received request) {
        if (request.path().contains("/versions")) {
            return new Reply(200, "[]");
        }
        if (saves(request)) {
            return new Reply(200, "{\"status\": \"success\", \"version\": 1}");
        }
        boolean saved = grafana.received().stream().anyMatch(GrafanaActionsTest::saves);
        return saved ? new Reply(200, DASHBOARD) : new Reply(404, "{\"message\": \"none\"}");
    }

    private static boolean saves(Received request) {
        return request.method().equals("POST") && request.path().equals("/api/dashboards/db");
    }

    private GrafanaActions actions() throws IOException {
        return actions(grafana.uri());
    }

    private GrafanaActions actions(URI uri) throws IOException {
        Secret token = Secret.ofFile(Files.writeString(folder.resolve("token"), "t0ken"));
        var connection = new GrafanaConnection(uri, token, null);
        var connections = new Connections("production", Map.of("dashboards", connection), Map.of());
        return new GrafanaActions(ActionContext.of(connections, CLOCK));
    }
}
