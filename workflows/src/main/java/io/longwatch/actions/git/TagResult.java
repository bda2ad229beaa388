package io.longwatch.actions.git;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code git.tag}. */
public record TagResult(
        @Field(value = "Name of the tag", example = "v2.0") String tag,

        @Field(value = "Commit that it names", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        String sha,

        @Field(value = "Whether the tag was there before this attempt", example = "false")
        boolean alreadyThere,

        @Field(value = "The tag and its commit", example = "v2.0 at 4b825dc642cb")
        String summary)
        implements ActionResult {}
