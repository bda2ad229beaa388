package io.longwatch.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longwatch.actions.grafana.CheckDashboardInput;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.grafana.GrafanaActions;
import io.longwatch.activities.grafana.GrafanaConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Grafana actions find in any Grafana whose default data source is a Prometheus with series {@code g}. */
public abstract class GrafanaContract {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "dashboard");
    private static final StepRef OTHER = new StepRef("bridge-production-20261122-1", "production", "dashboard");

    @TempDir
    Path folder;

    private World world;

    /** A Grafana. */
    public interface World extends AutoCloseable {
        URI uri();

        /** A token that may write dashboards and query. */
        String token();

        Clock clock();

        @Override
        void close();
    }

    /** A fresh Grafana without dashboards. */
    protected abstract World start();

    @BeforeEach
    final void startWorld() {
        world = start();
    }

    @AfterEach
    final void stopWorld() {
        world.close();
    }

    @Test
    void aNewDashboardIsCreatedOnceAndItsUndoDeletesIt() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "g");
        var before = actions.importDashboardBefore(STEP, input);

        // When
        var result = actions.importDashboard(STEP, input, before);
        var again = actions.importDashboard(STEP, input, before);
        var undone = actions.undoImportDashboard(STEP, input, before, null);
        var undoneAgain = actions.undoImportDashboard(STEP, input, before, result);

        // Then
        assertThat(before.existed()).isFalse();
        assertThat(result.created()).isTrue();
        assertThat(result.panels()).isEqualTo(3);
        assertThat(result.path()).isEqualTo("/d/bridge/bridge");
        assertThat(again.version()).isEqualTo(result.version());
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(undoneAgain.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void anExistingDashboardIsRestored() {
        // Given
        GrafanaActions actions = actions(world.token());
        var old = dashboard("Old", "g");
        actions.importDashboard(OTHER, old, actions.importDashboardBefore(OTHER, old));
        var input = dashboard("New", "g");
        var before = actions.importDashboardBefore(STEP, input);
        var result = actions.importDashboard(STEP, input, before);

        // When
        var undone = actions.undoImportDashboard(STEP, input, before, result);
        var undoneAgain = actions.undoImportDashboard(STEP, input, before, result);

        // Then
        assertThat(before.version()).isEqualTo(1);
        assertThat(result.created()).isFalse();
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(undoneAgain.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(actions.importDashboardBefore(STEP, input).version()).isEqualTo(3);
    }

    @Test
    void aDashboardStaysInItsFolder() {
        // Given
        GrafanaActions actions = actions(world.token());
        var old = inFolder(dashboard("Old", "g"), "services");
        actions.importDashboard(OTHER, old, actions.importDashboardBefore(OTHER, old));
        var input = dashboard("New", "g");

        // When
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // Then
        assertThat(actions.importDashboardBefore(STEP, input).folderUid()).isEqualTo("services");
    }

    @Test
    void aDashboardThatWasMovedIsPutBackToItsFolderOnce() {
        // Given
        GrafanaActions actions = actions(world.token());
        var old = inFolder(dashboard("Old", "g"), "services");
        actions.importDashboard(OTHER, old, actions.importDashboardBefore(OTHER, old));
        var input = inFolder(dashboard("New", "g"), "bridge");
        var before = actions.importDashboardBefore(STEP, input);
        var result = actions.importDashboard(STEP, input, before);

        // When
        var undone = actions.undoImportDashboard(STEP, input, before, result);
        var undoneAgain = actions.undoImportDashboard(STEP, input, before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(undone.summary()).contains("its folder services");
        assertThat(undoneAgain.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(actions.importDashboardBefore(STEP, input).folderUid()).isEqualTo("services");
    }

    private static ImportDashboardInput inFolder(ImportDashboardInput input, String folder) {
        return new ImportDashboardInput(input.connection(), input.dashboard(), input.uid(), folder, input.inputs());
    }

    @Test
    void whatSomeoneChangedSinceIsLeftAlone() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "g");
        var before = actions.importDashboardBefore(STEP, input);
        var result = actions.importDashboard(STEP, input, before);
        var theirs = dashboard("Theirs", "g");
        actions.importDashboard(OTHER, theirs, actions.importDashboardBefore(OTHER, theirs));

        // When
        var undone = actions.undoImportDashboard(STEP, input, before, result);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(undone.summary()).contains("version 2");
    }

    @Test
    void anImportOverAChangeNobodyRecordedIsRefused() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "g");
        var before = actions.importDashboardBefore(STEP, input);
        var theirs = dashboard("Theirs", "g");
        actions.importDashboard(OTHER, theirs, actions.importDashboardBefore(OTHER, theirs));

        // When
        var failure = failure(() -> actions.importDashboard(STEP, input, before));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.REFUSED);
    }

    @Test
    void anImportThatNeverHappenedNeedsNoUndo() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "g");
        var before = actions.importDashboardBefore(STEP, input);

        // When
        var undone = actions.undoImportDashboard(STEP, input, before, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.NOT_NEEDED);
    }

    @Test
    void panelsWithoutDataAreNamed() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "no_such_metric");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));
        var lenient = actions.checkDashboard(STEP, check(List.of("Second")));

        // Then
        assertThat(result.panels()).isEqualTo(2);
        assertThat(result.withData()).isEqualTo(1);
        assertThat(result.empty()).containsExactly("Second");
        assertThat(result.summary()).isEqualTo("1 of 2 panels show data; empty: Second");
        assertThat(lenient.empty()).isEmpty();
    }

    @Test
    void aQueryThatPrometheusRefusesIsNotData() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = dashboard("Bridge", "sum(");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));

        // Then
        assertThat(result.problems())
                .singleElement()
                .asString()
                .startsWith("Second: ")
                .contains("parse error");
    }

    @Test
    void panelsThatOnlyGrafanasPagesFillAreCountedAsNotAsked() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = panels("""
                {"id": 1, "type": "stat", "title": "Hidden", "targets": [{"refId": "A", "expr": "g", "hide": true}]},
                {"id": 2, "type": "stat", "title": "Again", "datasource": {"type": "datasource", "uid": "-- Dashboard --"},
                 "targets": [{"refId": "A", "panelId": 4}]},
                {"id": 3, "type": "stat", "title": "Random", "datasource": "-- Grafana --",
                 "targets": [{"refId": "A", "queryType": "randomWalk"}]},
                {"id": 4, "type": "stat", "title": "Asked", "targets": [{"refId": "A", "expr": "g"}]}""");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));

        // Then
        assertThat(result.panels()).isEqualTo(1);
        assertThat(result.notAsked()).isEqualTo(3);
        assertThat(result.empty()).isEmpty();
        assertThat(result.summary()).isEqualTo("1 of 1 panels show data; 3 not asked");
    }

    @Test
    void aDashboardOfWhichNothingIsAskedIsNoPass() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = panels("""
                {"id": 1, "type": "text", "title": "Read me"},
                {"id": 2, "type": "stat", "title": "Off", "targets": [{"refId": "A", "expr": "g", "hide": true}]}""");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var failure = failure(() -> actions.checkDashboard(STEP, check(List.of())));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure.isNonRetryable()).isTrue();
        assertThat(failure.getOriginalMessage()).contains("'bridge'", "none of its 2 panels");
    }

    @Test
    void panelsInTheRowsOfAnOldExportAreAsked() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = new ImportDashboardInput(null, """
                {"uid": "bridge", "title": "Bridge", "rows": [
                  {"title": "First", "panels": [
                    {"id": 1, "type": "graph", "title": "Shown", "targets": [{"refId": "A", "expr": "g"}]}]},
                  {"title": "Second", "panels": [
                    {"id": 2, "type": "graph", "title": "Empty", "targets": [{"refId": "A", "expr": "none"}]}]}]}
                """, null, null, null);
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));

        // Then
        assertThat(result.panels()).isEqualTo(2);
        assertThat(result.empty()).containsExactly("Empty");
    }

    @Test
    void queriesOfAMixedPanelGoToTheirOwnSources() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = panels("""
                {"id": 1, "type": "stat", "title": "Mixed", "datasource": {"type": "datasource", "uid": "-- Mixed --"},
                 "targets": [{"refId": "A", "expr": "g", "datasource": {"type": "prometheus", "uid": "prometheus"}},
                             {"refId": "B", "expr": "g"}]},
                {"id": 2, "type": "stat", "title": "Default", "datasource": {"type": "datasource", "uid": "-- Mixed --"},
                 "targets": [{"refId": "A", "expr": "g"}]}""");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));

        // Then
        assertThat(result.summary()).isEqualTo("2 of 2 panels show data");
    }

    @Test
    void aPanelWhoseDataSourceIsGoneIsEmptyAndTheOthersAreLookedAt() {
        // Given
        GrafanaActions actions = actions(world.token());
        var input = panels("""
                {"id": 1, "type": "stat", "title": "Gone", "datasource": {"type": "prometheus", "uid": "removed"},
                 "targets": [{"refId": "A", "expr": "g"}]},
                {"id": 2, "type": "stat", "title": "Unknown", "datasource": "Nowhere",
                 "targets": [{"refId": "A", "expr": "g"}]},
                {"id": 3, "type": "stat", "title": "Asked", "targets": [{"refId": "A", "expr": "g"}]}""");
        actions.importDashboard(STEP, input, actions.importDashboardBefore(STEP, input));

        // When
        var result = actions.checkDashboard(STEP, check(List.of()));

        // Then
        assertThat(result.empty()).containsExactly("Gone", "Unknown");
        assertThat(result.problems().get(0)).startsWith("Gone: ").containsIgnoringCase("not found");
        assertThat(result.problems().get(1)).isEqualTo("Unknown: Grafana has no data source 'Nowhere'");
        assertThat(result.withData()).isEqualTo(1);
    }

    @Test
    void anUnknownDashboardIsNotFound() {
        // When
        var failure = failure(() -> actions(world.token()).checkDashboard(STEP, check(List.of())));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.NOT_FOUND);
    }

    @Test
    void aWrongTokenIsDeniedAndNotShown() {
        // When
        var failure = failure(() -> actions("wr0ng-token").checkDashboard(STEP, check(List.of())));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.getOriginalMessage()).doesNotContain("wr0ng-token");
    }

    /** A text, a panel that shows g of the pod in a variable, and one in a collapsed row that shows what is given. */
    private static ImportDashboardInput dashboard(String title, String second) {
        String json = """
                {"uid": "bridge", "title": "%s",
                 "__inputs": [{"name": "DS_PROMETHEUS", "type": "datasource"}],
                 "templating": {"list": [{"name": "pod", "type": "query", "current": {"value": "a"}}]},
                 "panels": [
                   {"id": 1, "type": "text", "title": "Read me"},
                   {"id": 2, "type": "timeseries", "title": "First", "datasource": {"uid": "${DS_PROMETHEUS}"},
                    "targets": [{"refId": "A", "expr": "avg_over_time(g{pod=\\"$pod\\"}[$__rate_interval])"}]},
                   {"id": 3, "type": "row", "title": "More", "collapsed": true, "panels": [
                     {"id": 4, "type": "stat", "title": "Second", "targets": [{"refId": "A", "expr": "%s"}]}]}]}
                """.formatted(title, second);
        return new ImportDashboardInput(null, json, null, null, Map.of("DS_PROMETHEUS", "prometheus"));
    }

    private static ImportDashboardInput panels(String panels) {
        String json = "{\"uid\": \"bridge\", \"title\": \"Bridge\", \"panels\": [" + panels + "]}";
        return new ImportDashboardInput(null, json, null, null, null);
    }

    private static CheckDashboardInput check(List<String> mayBeEmpty) {
        return new CheckDashboardInput(null, "bridge", null, null, mayBeEmpty, null, null);
    }

    private GrafanaActions actions(String token) {
        try {
            Path file = Files.writeString(folder.resolve("token"), token);
            var connection = new GrafanaConnection(world.uri(), Secret.ofFile(file), null);
            var connections = new Connections("production", Map.of("dashboards", connection), Map.of());
            return new GrafanaActions(ActionContext.of(connections, world.clock()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApplicationFailure failure(ThrowingCallable action) {
        return catchThrowableOfType(ApplicationFailure.class, action);
    }
}
