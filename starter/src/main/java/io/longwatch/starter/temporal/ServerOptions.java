package io.longwatch.starter.temporal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Temporal server. */
public final class ServerOptions {
    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "Temporal server; otherwise TEMPORAL_ADDRESS, temporal.toml or 127.0.0.1:7233.")
    private @Nullable String address;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Temporal namespace; otherwise TEMPORAL_NAMESPACE, temporal.toml or default.")
    private @Nullable String namespace;

    public Connection connect(Connector connector) {
        return connector.connect(address, namespace);
    }
}
