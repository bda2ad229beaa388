package io.longwatch.activities.command;

import io.longwatch.activities.connection.Connection;
import java.util.Map;

/**
 * The commands that steps of an environment may run.
 *
 * @param allow commands by the name that plans use
 */
public record CommandConnection(Map<String, AllowedCommand> allow) implements Connection {
    public static final String KIND = "command";

    public CommandConnection {
        if (allow == null || allow.isEmpty()) {
            throw new IllegalArgumentException("allow is empty; write at least one command as name: {argv: [...]}");
        }
        allow = Map.copyOf(allow);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
