package io.longwatch.activities.command;

import io.longwatch.actions.command.CommandActivities;
import io.longwatch.actions.command.RunBefore;
import io.longwatch.actions.command.RunInput;
import io.longwatch.actions.command.RunResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Probing;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Commands for an environment's steps: finds what is allowed, runs it once, names what went wrong. */
public final class CommandActions implements CommandActivities, Probing {
    private final ActionContext context;

    public CommandActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public RunBefore runBefore(StepRef step, RunInput input) {
        CommandConnection connection = connection(input);
        if (input.undo() != null) {
            Run.allowed(connection, input.undo(), input);
        }
        return new RunBefore(Run.allowed(connection, input.name(), input).program());
    }

    @Override
    public RunResult run(StepRef step, RunInput input, RunBefore before) {
        Run run = Run.allowed(connection(input), input.name(), input);
        Subprocess.Exit exit = once(input.name(), run);
        if (exit.code() != 0) {
            throw Failures.failed(ended(input.name(), exit), null);
        }
        return new RunResult(exit.code(), exit.took().toMillis(), exit.tail(), ended(input.name(), exit));
    }

    @Override
    public UndoResult undoRun(StepRef step, RunInput input, RunBefore before, @Nullable RunResult result) {
        if (input.undo() == null) {
            return UndoResult.refused("command '" + input.name() + "' has no undo; what it did stays");
        }
        Subprocess.Exit exit = once(input.undo(), Run.allowed(connection(input), input.undo(), input));
        if (exit.code() != 0) {
            throw Failures.failed(ended(input.undo(), exit), null);
        }
        return UndoResult.reverted(ended(input.undo(), exit));
    }

    /** Nothing tells whether a command that an earlier attempt started took effect. */
    private Subprocess.Exit once(String name, Run run) {
        Invocation invocation = context.invocation();
        if (invocation.attempt() > 1) {
            throw Failures.outcomeUnknown(
                    "command '" + name + "' was started by an attempt that was lost; it is not run again:"
                            + " find out whether it took effect",
                    null);
        }
        return run.run(invocation);
    }

    @Override
    public String kind() {
        return CommandConnection.KIND;
    }

    /** Looks whether its programs are there; runs none. */
    @Override
    public String probe(String connection) {
        var allow = new TreeMap<>(
                context.connections().get(CommandConnection.class, connection).allow());
        List<String> missing = allow.entrySet().stream()
                .filter(each -> !Programs.isThere(each.getValue().argv().get(0)))
                .map(each -> each.getKey() + " (" + each.getValue().argv().get(0) + ")")
                .toList();
        if (!missing.isEmpty()) {
            throw Failures.notFound("no such program: " + String.join(", ", missing)
                    + "; install it where the worker runs, or correct argv");
        }
        return "programs of " + String.join(", ", allow.keySet()) + " are there";
    }

    private CommandConnection connection(RunInput input) {
        return context.connections().get(CommandConnection.class, input.connection());
    }

    private static String ended(String name, Subprocess.Exit exit) {
        String last = exit.lastLine();
        return name + " ended with " + exit.code() + " after " + seconds(exit.took())
                + (last.isEmpty() ? "" : ": " + last);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
