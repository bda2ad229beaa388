package io.longwatch.actions.git;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code git.commit}. */
public record CommitResult(
        @Field(
                value = "The commit; the branch's head where nothing was to be changed",
                example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        String sha,

        @Field(value = "Whether this step made a commit", example = "true")
        boolean changed,

        @Field(value = "Places replaced by the commit; 0 where nothing was to be changed", example = "5")
        int replacements,

        @Field(value = "Files changed, the first 20", example = "[bridge.py]")
        List<String> files,

        @Field(value = "What was committed", example = "5 replacements in bridge.py, committed as 4b825dc642cb")
        String summary)
        implements ActionResult {
    public CommitResult {
        files = files == null ? List.of() : List.copyOf(files);
    }
}
