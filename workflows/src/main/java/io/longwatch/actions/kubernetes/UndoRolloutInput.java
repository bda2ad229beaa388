package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code kubernetes.undoRollout}. */
public record UndoRolloutInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Name of the Deployment", example = "biometric-bridge")
        String deployment,

        @Field(value = "Revision to go back to; the one before the present by default", example = "3") @Nullable
        Long toRevision,

        @Field(value = "Replicas to restore; left as they are by default", example = "2") @Nullable
        Integer replicas,

        @Field(
                value = "Whether this release created the Deployment, so that undoing means deleting it; false by"
                        + " default",
                example = "false")
        @Nullable
        Boolean createdByRelease) {
    public UndoRolloutInput {
        Names.checkOptional("namespace", namespace);
        Names.check("deployment", deployment);
        if (toRevision != null && toRevision < 1) {
            throw new IllegalArgumentException("toRevision is " + toRevision + "; revisions count from 1");
        }
        if (replicas != null && replicas < 0) {
            throw new IllegalArgumentException("replicas is " + replicas + "; write 0 or more");
        }
    }

    public boolean deletes() {
        return Boolean.TRUE.equals(createdByRelease);
    }
}
