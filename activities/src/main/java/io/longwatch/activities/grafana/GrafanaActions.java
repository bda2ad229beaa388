package io.longwatch.activities.grafana;

import io.longwatch.actions.grafana.CheckDashboardInput;
import io.longwatch.actions.grafana.CheckDashboardResult;
import io.longwatch.actions.grafana.GrafanaActivities;
import io.longwatch.actions.grafana.ImportDashboardBefore;
import io.longwatch.actions.grafana.ImportDashboardInput;
import io.longwatch.actions.grafana.ImportDashboardResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.http.Caller;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import org.jspecify.annotations.Nullable;

/** Grafana for an environment's steps: finds the connection and runs the action on it. */
public final class GrafanaActions implements GrafanaActivities, Probing {
    private final ActionContext context;
    private final Caller caller = Caller.create();

    public GrafanaActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public ImportDashboardBefore importDashboardBefore(StepRef step, ImportDashboardInput input) {
        return importing(step, input).before();
    }

    @Override
    public ImportDashboardResult importDashboard(
            StepRef step, ImportDashboardInput input, ImportDashboardBefore before) {
        return importing(step, input).run(before);
    }

    @Override
    public UndoResult undoImportDashboard(
            StepRef step,
            ImportDashboardInput input,
            ImportDashboardBefore before,
            @Nullable ImportDashboardResult result) {
        return importing(step, input).undo(before, result);
    }

    @Override
    public CheckDashboardResult checkDashboard(StepRef step, CheckDashboardInput input) {
        return new CheckDashboard(input, api(input.connection()), context.clock(), context.invocation()).run();
    }

    @Override
    public String kind() {
        return GrafanaConnection.KIND;
    }

    @Override
    public String probe(String connection) {
        GrafanaApi api = api(connection);
        return "Grafana " + api.version() + " answers, with "
                + api.dataSources().size() + " data sources";
    }

    private ImportDashboard importing(StepRef step, ImportDashboardInput input) {
        return new ImportDashboard(step, input, api(input.connection()), context.invocation());
    }

    private GrafanaApi api(@Nullable String connection) {
        return new GrafanaApi(context.connections().get(GrafanaConnection.class, connection), caller);
    }
}
