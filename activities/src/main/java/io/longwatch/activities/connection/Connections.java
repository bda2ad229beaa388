package io.longwatch.activities.connection;

import static java.util.stream.Collectors.joining;

import io.longwatch.contract.Failures;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections and secrets of one environment. What is not configured is a final failure that names what is.
 *
 * @param environment name of the environment they belong to
 * @param byName connections by the name that plans use
 * @param secrets secrets by the name that plans use
 */
public record Connections(String environment, Map<String, Connection> byName, Map<String, Secret> secrets) {
    public Connections {
        byName = Map.copyOf(byName);
        secrets = Map.copyOf(secrets);
    }

    /**
     * The connection of a type by name; without a name, the only one of that type.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if there is none, it is of another kind, or a name is
     *     needed to choose
     */
    public <C extends Connection> C get(Class<C> type, @Nullable String name) {
        return name == null ? only(type) : named(type, name);
    }

    private <C extends Connection> C named(Class<C> type, String name) {
        Connection found = byName.get(name);
        if (found == null) {
            throw Failures.invalid("connection '" + name + "' is not configured for environment '" + environment
                    + "'; configured are " + known());
        }
        if (!type.isInstance(found)) {
            throw Failures.invalid("connection '" + name + "' of environment '" + environment + "' is of kind "
                    + found.kind() + "; the step needs " + type.getSimpleName());
        }
        return type.cast(found);
    }

    private <C extends Connection> C only(Class<C> type) {
        var all = byName.values().stream().filter(type::isInstance).toList();
        if (all.size() != 1) {
            throw Failures.invalid("environment '" + environment + "' has " + all.size() + " connections of type "
                    + type.getSimpleName() + "; name one with 'connection:'. Configured are " + known());
        }
        return type.cast(all.get(0));
    }

    /**
     * A secret by the name that the environment's configuration gives it.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if it is not configured
     */
    public Secret secret(String name) {
        Secret found = secrets.get(name);
        if (found == null) {
            throw Failures.invalid("secret '" + name + "' is not configured for environment '" + environment
                    + "'; configured are " + String.join(", ", new TreeMap<>(secrets).keySet()));
        }
        return found;
    }

    private String known() {
        return new TreeMap<>(byName)
                .entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue().kind() + ")")
                        .collect(joining(", "));
    }
}
