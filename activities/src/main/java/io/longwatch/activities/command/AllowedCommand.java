package io.longwatch.activities.command;

import io.longwatch.activities.connection.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A command that steps may run. It is started as it stands here, never by a shell.
 *
 * @param argv program and first arguments
 * @param arguments regular expressions; each argument of a step must match one of them as a whole, none is allowed by
 *     default
 * @param directory folder to run it in; the worker's own by default
 * @param timeout after which it is stopped, default 5 min
 * @param environment secrets by the variable that the command reads them from
 */
public record AllowedCommand(
        List<String> argv,
        List<String> arguments,
        @Nullable Path directory,
        Duration timeout,
        Map<String, Secret> environment) {

    public AllowedCommand(
            List<String> argv,
            @Nullable List<String> arguments,
            @Nullable Path directory,
            @Nullable Duration timeout,
            @Nullable Map<String, Secret> environment) {
        if (argv == null || argv.isEmpty() || argv.get(0).isBlank()) {
            throw new IllegalArgumentException("argv is empty; write the program and its arguments as a list");
        }
        this.argv = List.copyOf(argv);
        this.arguments = arguments == null ? List.of() : List.copyOf(arguments);
        this.directory = directory;
        this.timeout = timeout == null ? Duration.ofMinutes(5) : timeout;
        this.environment = environment == null ? Map.of() : Map.copyOf(environment);
        this.arguments.forEach(AllowedCommand::checkPattern);
    }

    private static void checkPattern(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "arguments holds '" + pattern + "', no regular expression: " + e.getDescription(), e);
        }
    }

    boolean allows(String argument) {
        return arguments.stream().anyMatch(pattern -> Pattern.matches(pattern, argument));
    }
}
