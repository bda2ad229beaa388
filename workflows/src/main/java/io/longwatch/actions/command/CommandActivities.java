package io.longwatch.actions.command;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands that the worker's configuration allows by name. No shell is involved, and of the worker's own
 * environment a command sees PATH, HOME, LANG and TZ only.
 *
 * <p>Not idempotent, hence run once. Fails with {@code InvalidInput} when name or arguments are not allowed, {@code
 * Failed} when the command ends with another code than 0, {@code OutcomeUnknown} when it was stopped by its timeout or
 * an earlier attempt was lost. A cancelled attempt ends the command and its children.
 */
@ActionSystem(name = "command", title = "Commands")
@ActivityInterface
public interface CommandActivities {

    /** Makes sure that the worker allows the command, its arguments and its undo. */
    @ActivityMethod(name = "command.run.before")
    RunBefore runBefore(StepRef step, RunInput input);

    /** Runs the command once. */
    @Action(
            title = "Run an allowed command",
            description = "Runs a command that the worker's configuration allows by name, with arguments that match its"
                    + " patterns, and keeps the end of its output with secrets masked. Any exit code but 0 fails the"
                    + " step. Its undo is another allowed command, where the step names one.",
            effect = Effect.AT_MOST_ONCE,
            attempt = "PT30M",
            timeout = "PT30M",
            example = "{connection: commands, name: smoke-test, arguments: [--suite, webhooks]}")
    @ActivityMethod(name = "command.run")
    RunResult run(StepRef step, RunInput input, RunBefore before);

    /** Runs the command that takes it back; refused where the step names none. */
    @ActivityMethod(name = "command.run.undo")
    UndoResult undoRun(StepRef step, RunInput input, RunBefore before, @Nullable RunResult result);
}
