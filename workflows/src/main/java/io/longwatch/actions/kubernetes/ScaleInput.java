package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.scale}. */
public record ScaleInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Name of the Deployment", example = "biometric-bridge")
        String deployment,

        @Field(value = "Wished number of replicas", example = "2")
        int replicas,

        @Field(value = "Wait until that many are ready; true by default", example = "true") @Nullable
        Boolean untilReady) {
    public ScaleInput {
        Names.checkOptional("namespace", namespace);
        Names.check("deployment", deployment);
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas is " + replicas + "; write 0 or more");
        }
    }

    public boolean waits() {
        return !Boolean.FALSE.equals(untilReady);
    }
}
