package io.longwatch.actions.postgres;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stood in the database before {@code postgres.migrate}. */
public record MigrateBefore(
        @Field(value = "Whether a script was applied under the name already", example = "false")
        boolean applied,

        @Field(value = "SHA-256 of that script", example = "9f86d081884c7d65") @Nullable
        String appliedChecksum,

        @Field(value = "Release and step that applied it", example = "bridge-production-20261101-1/schema") @Nullable
        String appliedBy,

        @Field(value = "Version of the server", example = "18.1")
        String serverVersion,

        @Field(value = "Number of tables there", example = "2")
        int tableCount,

        @Field(value = "Names of those tables, bounded", example = "[biometric_events, user_oauth_tokens]")
        List<String> tables,

        @Field(value = "Whether it is applied, and what is there", example = "not applied yet; 2 tables on 18.1")
        String summary)
        implements ActionResult {
    public MigrateBefore {
        tables = tables == null ? List.of() : List.copyOf(tables);
    }
}
