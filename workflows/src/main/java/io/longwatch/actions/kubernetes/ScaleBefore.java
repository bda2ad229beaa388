package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import io.longwatch.contract.TakesOver;
import org.jspecify.annotations.Nullable;

/** What {@code kubernetes.scale} found before it: the way back. */
public record ScaleBefore(
        @Field(value = "Replicas asked for until now", example = "1")
        int replicas,

        @Field(value = "Version of the Deployment", example = "48213") @Nullable
        String resourceVersion,

        @Field(value = "Its uid", example = "5c1f2a1e-8f0b-4f5e-9d55-1f3a5e0f0c11") @Nullable
        String uid,

        @Field(value = "Release step that applied it last", example = "bridge-production-20261121-1/first-node")
        @Nullable
        String release)
        implements TakesOver<ScaleBefore> {
    /** The former replicas, of the version that stands here: by its release the way back sees whether it still does. */
    @Override
    public ScaleBefore takingOver(ScaleBefore former) {
        return uid != null && uid.equals(former.uid)
                ? new ScaleBefore(former.replicas, resourceVersion, uid, release)
                : this;
    }
}
