package io.longwatch.activities.command;

import static java.util.stream.Collectors.joining;

import io.longwatch.actions.command.RunInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A command that a step names, checked against what the worker allows. */
final class Run {
    private final String name;
    private final AllowedCommand command;
    private final List<String> arguments;

    private Run(String name, AllowedCommand command, List<String> arguments) {
        this.name = name;
        this.command = command;
        this.arguments = arguments;
    }

    /** The command under a name, with the step's arguments; InvalidInput if the worker does not allow them. */
    static Run allowed(CommandConnection connection, String name, RunInput input) {
        AllowedCommand command = connection.allow().get(name);
        if (command == null) {
            throw Failures.invalid("command '" + name + "' is not allowed by the worker's configuration; allowed are "
                    + new TreeMap<>(connection.allow()).keySet().stream().collect(joining(", ")));
        }
        for (String argument : input.argumentsOrNone()) {
            if (!command.allows(argument)) {
                throw Failures.invalid("argument '" + argument + "' of command '" + name
                        + "' matches none of the patterns that the worker's configuration allows for it");
            }
        }
        return new Run(name, command, input.argumentsOrNone());
    }

    String program() {
        return command.argv().get(0);
    }

    Subprocess.Exit run(Invocation invocation) {
        invocation.renew("starting " + name);
        Subprocess process = process();
        try {
            return process.run(() -> invocation.heartbeat(name + " is running"));
        } catch (IOException e) {
            throw Failures.failed(
                    "command '" + name + "' could not be started: " + e.getMessage()
                            + "; correct argv or directory in the worker's configuration",
                    e);
        } catch (Subprocess.OutOfTime e) {
            throw Failures.outcomeUnknown(
                    "command '" + name + "' was stopped after " + command.timeout() + "; it last said: "
                            + Tail.lastLine(String.valueOf(e.getMessage())),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.outcomeUnknown("command '" + name + "' was stopped because the worker stopped", e);
        }
    }

    private Subprocess process() {
        List<String> argv = new ArrayList<>(command.argv());
        argv.addAll(arguments);
        Map<String, String> environment = new TreeMap<>();
        try {
            command.environment().forEach((variable, secret) -> environment.put(variable, secret.reveal()));
        } catch (Secret.SecretMissing e) {
            // Final, unlike elsewhere: a command has one attempt.
            throw Failures.denied("command '" + name + "' lacks a secret: " + e.getMessage(), e);
        }
        return new Subprocess(
                argv, command.directory(), environment, List.copyOf(environment.values()), command.timeout());
    }
}
