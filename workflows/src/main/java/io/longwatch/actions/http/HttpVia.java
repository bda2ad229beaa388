package io.longwatch.actions.http;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** A way into a cluster: a port-forward that lives as long as the action. */
public record HttpVia(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's own by default", example = "production") @Nullable
        String namespace,

        @Field(
                value = "What to forward to: deployment/NAME, service/NAME or pod/NAME",
                example = "deployment/biometric-bridge")
        String target,

        @Field(value = "Port there", example = "8000") int port) {
    public HttpVia {
        if (!target.matches("(deployment|service|pod)/[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new IllegalArgumentException("via.target '" + target
                    + "' is no target of a port-forward; write deployment/NAME, service/NAME or pod/NAME");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("via.port " + port + " is no port; write 1 to 65535");
        }
    }
}
