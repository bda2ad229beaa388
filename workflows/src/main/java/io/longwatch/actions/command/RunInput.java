package io.longwatch.actions.command;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Input of {@code command.run}. */
public record RunInput(
        @ConnectionName("command")
        @Field(value = "Connection of kind command; the environment's only one by default", example = "commands")
        @Nullable
        String connection,

        @Field(value = "Name under which the worker allows the command", example = "smoke-test")
        String name,

        @Field(
                value = "Arguments after those the worker's configuration gives; each must match one of its patterns",
                example = "[--suite, webhooks]")
        @Nullable
        List<String> arguments,

        @Field(
                value = "Name of an allowed command that takes it back, safe to repeat and to run for nothing; it gets"
                        + " the same arguments. None by default",
                example = "smoke-test-cleanup")
        @Nullable
        String undo) {
    public RunInput {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name is empty; write the name of a command that the worker allows");
        }
        arguments = arguments == null ? null : List.copyOf(arguments);
    }

    public List<String> argumentsOrNone() {
        return arguments == null ? List.of() : arguments;
    }
}
