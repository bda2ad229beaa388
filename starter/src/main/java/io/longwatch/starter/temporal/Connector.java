package io.longwatch.starter.temporal;

import org.jspecify.annotations.Nullable;

/** Opens connections to Temporal. */
@FunctionalInterface
public interface Connector {
    /**
     * Connects, and makes sure that someone answers.
     *
     * @param address host and port, or null for what the environment says
     * @param namespace namespace, or null for what the environment says
     * @throws io.longwatch.starter.CommandFailed if the server cannot be reached
     */
    Connection connect(@Nullable String address, @Nullable String namespace);
}
