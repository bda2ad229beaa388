package io.longwatch.actions.git;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Input of {@code git.log}. One of {@code since} and {@code sinceSha} must be given. */
public record LogInput(
        @ConnectionName("git")
        @Field(value = "Connection of kind git; the environment's only one by default", example = "source")
        @Nullable
        String connection,

        @Field(value = "Branch to read", example = "main") String branch,

        @Field(value = "File or folder that the commits touch; every path by default", example = "docs/runbook.md")
        @Nullable
        String path,

        @Field(value = "Only commits of this instant or later", example = "2026-11-21T06:00:00Z") @Nullable
        Instant since,

        @Field(
                value = "Only commits that this one does not contain",
                example = "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
        @Nullable
        String sinceSha) {
    public LogInput {
        if (branch == null || branch.isBlank() || branch.startsWith("refs/")) {
            throw new IllegalArgumentException("branch '" + branch + "' is no branch; write its short name, as main");
        }
        if (since == null && sinceSha == null) {
            throw new IllegalArgumentException("neither since nor sinceSha is given; say from where to count commits");
        }
        if (sinceSha != null && !sinceSha.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException(
                    "sinceSha '" + sinceSha + "' is no commit; write all 40 hexadecimal digits");
        }
    }
}
