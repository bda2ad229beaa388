package io.longwatch.actions.git;

import io.longwatch.contract.Field;

/** What {@code git.commit} found before it. */
public record CommitBefore(
        @Field(value = "Commit at the head of the branch", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        String head) {}
