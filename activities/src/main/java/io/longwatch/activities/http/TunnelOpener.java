package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpVia;
import io.longwatch.contract.Failures;

/** Opens ways into a cluster. */
@FunctionalInterface
public interface TunnelOpener {
    /**
     * Opens a port-forward that the caller closes.
     *
     * @throws io.temporal.failure.ApplicationFailure Unavailable if the cluster cannot be reached, Pending if the target
     *     has no ready pod yet, NotFound if it does not exist, InvalidInput if no such connection is configured
     */
    Tunnel open(HttpVia via);

    /** For a worker without clusters: refuses every step that asks for a tunnel. */
    static TunnelOpener none() {
        return via -> {
            throw Failures.invalid("'via: " + via.target()
                    + "' needs a connection of kind kubernetes, and this worker has none; add one or write an address");
        };
    }
}
