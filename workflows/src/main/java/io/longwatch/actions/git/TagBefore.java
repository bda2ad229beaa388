package io.longwatch.actions.git;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** What {@code git.tag} found before it. */
public record TagBefore(
        @Field(
                value = "Commit that the tag named already; none where there was no such tag",
                example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        @Nullable
        String target) {}
