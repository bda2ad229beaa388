package io.longwatch.activities.slack;

import io.longwatch.actions.slack.NotifyBefore;
import io.longwatch.actions.slack.NotifyInput;
import io.longwatch.actions.slack.NotifyResult;
import io.longwatch.actions.slack.SlackActivities;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Probing;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import org.jspecify.annotations.Nullable;

/** Slack for an environment's steps. */
public final class SlackActions implements SlackActivities, Probing {
    private final ActionContext context;
    private final SlackWorkspaces workspaces = new SlackWorkspaces();

    public SlackActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public NotifyBefore notifyBefore(StepRef step, NotifyInput input) {
        return notify(step, input).before();
    }

    @Override
    public NotifyResult notify(StepRef step, NotifyInput input, NotifyBefore before) {
        return notify(step, input).run(before, context.invocation());
    }

    @Override
    public UndoResult undoNotify(StepRef step, NotifyInput input, NotifyBefore before, @Nullable NotifyResult result) {
        return notify(step, input).undo(before, result);
    }

    @Override
    public String kind() {
        return SlackConnection.KIND;
    }

    @Override
    public String probe(String connection) {
        var answer = workspaces
                .of(context.connections().get(SlackConnection.class, connection))
                .call("auth.test", methods -> methods.authTest(request -> request));
        return "signed in as " + answer.getUser() + " of " + answer.getTeam();
    }

    private Notify notify(StepRef step, NotifyInput input) {
        var connection = context.connections().get(SlackConnection.class, input.connection());
        return new Notify(workspaces.of(connection), step, input, context.clock());
    }
}
