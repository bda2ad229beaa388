package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Result of {@code kubernetes.undoRollout}. */
public record UndoRolloutResult(
        @Field(value = "Revision whose pods run again; absent when deleted", example = "3") @Nullable
        Long revision,

        @Field(value = "Image that runs again; absent when deleted", example = "registry.example.com/bridge:1.4.1")
        @Nullable
        String image,

        @Field(value = "Replicas asked for", example = "2") int replicas,

        @Field(value = "Whether the Deployment was deleted", example = "false")
        boolean deleted,

        @Field(value = "What runs again", example = "back at revision 3, image bridge:1.4.1, 2 replicas")
        String summary)
        implements ActionResult {}
