package io.longwatch.activities.prometheus;

import io.longwatch.actions.prometheus.PrometheusActivities;
import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.QueryResult;
import io.longwatch.actions.prometheus.ReloadBefore;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.prometheus.ReloadResult;
import io.longwatch.actions.prometheus.RulesInput;
import io.longwatch.actions.prometheus.RulesResult;
import io.longwatch.actions.prometheus.TargetsInput;
import io.longwatch.actions.prometheus.TargetsResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.http.Caller;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import org.jspecify.annotations.Nullable;

/** Prometheus for an environment's steps: finds the connection and runs the action on it. */
public final class PrometheusActions implements PrometheusActivities {
    private final ActionContext context;
    private final Caller caller = Caller.create();

    public PrometheusActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public QueryResult query(StepRef step, QueryInput input) {
        return new Query(input, api(input.connection()), context.clock()).run();
    }

    @Override
    public TargetsResult targets(StepRef step, TargetsInput input) {
        return new Targets(input, api(input.connection())).run();
    }

    @Override
    public RulesResult rules(StepRef step, RulesInput input) {
        return new Rules(input, api(input.connection()), context.clock()).run();
    }

    @Override
    public ReloadBefore reloadBefore(StepRef step, ReloadInput input) {
        return reload(input).before();
    }

    @Override
    public ReloadResult reload(StepRef step, ReloadInput input, ReloadBefore before) {
        return reload(input).run(before);
    }

    @Override
    public UndoResult undoReload(StepRef step, ReloadInput input, ReloadBefore before, @Nullable ReloadResult result) {
        return reload(input).undo(before, result);
    }

    private Reload reload(ReloadInput input) {
        return new Reload(input, api(input.connection()), context.invocation());
    }

    private PrometheusApi api(@Nullable String connection) {
        return new PrometheusApi(context.connections().get(PrometheusConnection.class, connection), caller);
    }
}
