package io.longwatch.actions.slack;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Posts to Slack.
 *
 * <p>Fails with {@code Unavailable} (retried) when Slack cannot be reached or fails, {@code Pending} (retried after the
 * delay that Slack names) when it limits the rate, {@code Denied} when it refuses the token or a scope is missing,
 * {@code NotFound} when there is no such channel or thread, {@code Refused} when the app is no member or the channel is
 * archived, {@code InvalidInput} when Slack does not take the message.
 */
@ActionSystem(name = "slack", title = "Slack")
@ActivityInterface
public interface SlackActivities {

    /** Finds the channel and looks whether this step's message stands there already. Reads only. */
    @ActivityMethod(name = "slack.notify.before")
    NotifyBefore notifyBefore(StepRef step, NotifyInput input);

    /**
     * Posts a message that carries the step's key in its metadata. A repeat searches the channel (or the thread) for that
     * key first: the last two days, at most the last 1,000 messages.
     */
    @Action(
            title = "Post a message to Slack",
            description = "Posts a message to a channel or into a thread. Its metadata carry the release and the step,"
                    + " and a repeated attempt finds it by them instead of posting again. Undoing it deletes nothing:"
                    + " what was said stays said.",
            effect = Effect.KEYED,
            attempt = "PT30S",
            example = "{channel: '#biometric-bridge', text: 'v2.0 is live on two nodes'}")
    @ActivityMethod(name = "slack.notify")
    NotifyResult notify(StepRef step, NotifyInput input, NotifyBefore before);

    /** Deletes nothing: people have read it. Says where it stands. */
    @ActivityMethod(name = "slack.notify.undo")
    UndoResult undoNotify(StepRef step, NotifyInput input, NotifyBefore before, @Nullable NotifyResult result);
}
