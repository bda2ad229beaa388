package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result of {@code kubernetes.rolloutStatus}. */
public record RolloutStatusResult(
        @Field(value = "Revision that runs", example = "4") @Nullable
        Long revision,

        @Field(value = "Images of its containers", example = "[registry.example.com/bridge:1.5.0]")
        List<String> images,

        @Field(value = "Pods that are ready", example = "2") int readyReplicas,

        @Field(value = "Replicas asked for", example = "2") int replicas,

        @Field(value = "Restarts of its pods so far", example = "0")
        int restarts,

        @Field(value = "How long it was seen complete", unit = "s", example = "120")
        long stableSeconds,

        @Field(
                value = "Who else changed the Deployment since the release did; absent if nobody",
                example = "kubectl-edit")
        @Nullable
        String changedBy,

        @Field(
                value = "Ready of wished, revision and image",
                example = "2 of 2 replicas ready, revision 4, stable for 2m")
        String summary)
        implements ActionResult {
    public RolloutStatusResult {
        images = images == null ? List.of() : List.copyOf(images);
    }
}
