package io.longwatch.actions.kubernetes;

import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code kubernetes.undoRollout} found before it, and where it goes back to. */
public record UndoRolloutBefore(
        @Field(value = "Whether the Deployment existed", example = "true")
        boolean existed,

        @Field(value = "Its uid", example = "5c1f2a1e-8f0b-4f5e-9d55-1f3a5e0f0c11") @Nullable
        String uid,

        @Field(value = "Its revision", example = "4") @Nullable
        Long revision,

        @Field(value = "Revision to go back to; absent when it is to be deleted", example = "3") @Nullable
        Long target,

        @Field(value = "Its replicas", example = "2") int replicas,

        @Field(value = "Its images", example = "[registry.example.com/bridge:1.5.0]")
        List<String> images,

        @Field(value = "Release step that applied it last", example = "bridge-production-20261121-1/first-node")
        @Nullable
        String release) {
    public UndoRolloutBefore {
        images = images == null ? List.of() : List.copyOf(images);
    }
}
