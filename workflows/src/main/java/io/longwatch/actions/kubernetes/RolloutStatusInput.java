package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.rolloutStatus}. */
public record RolloutStatusInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Name of the Deployment", example = "biometric-bridge")
        String deployment,

        @Field(
                value = "Image one of its containers must run, with tag or digest; any by default",
                example = "registry.example.com/bridge:1.5.0")
        @Nullable
        String image,

        @Field(value = "Revision that must run; any by default", example = "4") @Nullable
        Long revision,

        @Field(value = "How long it must have been complete without a restart; 2m by default", example = "2m") @Nullable
        Duration stableFor) {
    public RolloutStatusInput {
        Names.checkOptional("namespace", namespace);
        Names.check("deployment", deployment);
        if (stableFor != null && stableFor.isNegative()) {
            throw new IllegalArgumentException("stableFor is " + stableFor + "; write 0s or more");
        }
    }

    public Duration stableForOrDefault() {
        return stableFor == null ? Duration.ofMinutes(2) : stableFor;
    }
}
