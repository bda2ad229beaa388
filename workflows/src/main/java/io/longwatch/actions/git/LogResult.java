package io.longwatch.actions.git;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Result of {@code git.log}. */
public record LogResult(
        @Field(value = "Number of commits", example = "1") int count,

        @Field(value = "The newest of them", example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904") @Nullable
        String latestSha,

        @Field(value = "Its author's name", example = "Ada") @Nullable
        String latestAuthor,

        @Field(value = "First line of its message, at most 120 characters", example = "Add what the release taught")
        @Nullable
        String latestSubject,

        @Field(value = "When it was committed", example = "2026-11-23T09:00:00Z") @Nullable
        Instant latestTime,

        @Field(value = "How many, and the newest", example = "1 commit; newest 4b825dc642cb by Ada")
        String summary)
        implements ActionResult {}
