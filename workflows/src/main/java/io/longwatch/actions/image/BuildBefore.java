package io.longwatch.actions.image;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** What {@code image.build} found before it. */
public record BuildBefore(
        @Field(
                value = "Digest under the tag; none where there was no such tag",
                example = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        @Nullable
        String digest,

        @Field(value = "Commit that image says it was built from", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        @Nullable
        String revision) {}
