package io.longwatch.activities.kubernetes;

import io.longwatch.actions.kubernetes.ApplyBefore;
import io.longwatch.actions.kubernetes.ApplyInput;
import io.longwatch.actions.kubernetes.ApplyResult;
import io.longwatch.actions.kubernetes.GetInput;
import io.longwatch.actions.kubernetes.GetResult;
import io.longwatch.actions.kubernetes.KubernetesActivities;
import io.longwatch.actions.kubernetes.LogsInput;
import io.longwatch.actions.kubernetes.LogsResult;
import io.longwatch.actions.kubernetes.RolloutStatusInput;
import io.longwatch.actions.kubernetes.RolloutStatusResult;
import io.longwatch.actions.kubernetes.ScaleBefore;
import io.longwatch.actions.kubernetes.ScaleInput;
import io.longwatch.actions.kubernetes.ScaleResult;
import io.longwatch.actions.kubernetes.UndoRolloutBefore;
import io.longwatch.actions.kubernetes.UndoRolloutInput;
import io.longwatch.actions.kubernetes.UndoRolloutResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kubernetes for an environment's steps: finds the connection and runs the action on its cluster. */
public final class KubernetesActions implements KubernetesActivities {
    private final ActionContext context;
    private final KubernetesClients clients;

    public KubernetesActions(ActionContext context, KubernetesClients clients) {
        this.context = context;
        this.clients = clients;
    }

    @Override
    public ApplyBefore applyBefore(StepRef step, ApplyInput input) {
        return on(input.connection(), cluster -> new ApplyLook(cluster).run(step, input));
    }

    @Override
    public ApplyResult apply(StepRef step, ApplyInput input, ApplyBefore before) {
        return on(input.connection(), cluster -> new Apply(cluster, invocation()).run(step, input, before));
    }

    @Override
    public UndoResult undoApply(StepRef step, ApplyInput input, ApplyBefore before, @Nullable ApplyResult result) {
        return on(input.connection(), cluster -> new UndoApply(cluster, invocation(), step).run(before, result));
    }

    @Override
    public ScaleBefore scaleBefore(StepRef step, ScaleInput input) {
        return on(input.connection(), cluster -> new Scale(cluster, invocation()).before(input));
    }

    @Override
    public ScaleResult scale(StepRef step, ScaleInput input, ScaleBefore before) {
        return on(input.connection(), cluster -> new Scale(cluster, invocation()).run(input, before));
    }

    @Override
    public UndoResult undoScale(StepRef step, ScaleInput input, ScaleBefore before, @Nullable ScaleResult result) {
        return on(input.connection(), cluster -> new UndoScale(cluster, invocation(), step).run(input, before));
    }

    @Override
    public RolloutStatusResult rolloutStatus(StepRef step, RolloutStatusInput input) {
        return on(input.connection(), cluster -> new RolloutStatus(cluster, context).run(input));
    }

    @Override
    public GetResult get(StepRef step, GetInput input) {
        return on(input.connection(), cluster -> new Get(cluster).run(input));
    }

    @Override
    public LogsResult logs(StepRef step, LogsInput input) {
        return on(input.connection(), cluster -> new Logs(cluster, context, input).run());
    }

    @Override
    public UndoRolloutBefore undoRolloutBefore(StepRef step, UndoRolloutInput input) {
        return on(input.connection(), cluster -> new UndoRollout(cluster, invocation(), step).before(input));
    }

    @Override
    public UndoRolloutResult undoRollout(StepRef step, UndoRolloutInput input, UndoRolloutBefore before) {
        return on(input.connection(), cluster -> new UndoRollout(cluster, invocation(), step).run(input, before));
    }

    @Override
    public UndoResult undoUndoRollout(
            StepRef step, UndoRolloutInput input, UndoRolloutBefore before, @Nullable UndoRolloutResult result) {
        return on(input.connection(), cluster -> new UndoRollout(cluster, invocation(), step).undo(input, before));
    }

    private <R> R on(@Nullable String name, Function<Cluster, R> action) {
        return clients.call(context.connections().get(KubernetesConnection.class, name), action);
    }

    private Invocation invocation() {
        return context.invocation();
    }
}
