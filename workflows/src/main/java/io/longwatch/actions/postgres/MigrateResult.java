package io.longwatch.actions.postgres;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code postgres.migrate}. */
public record MigrateResult(
        @Field(value = "Whether this step applied it, in this attempt or an earlier one", example = "true")
        boolean applied,

        @Field(value = "Whether this attempt found it applied", example = "false")
        boolean alreadyApplied,

        @Field(value = "SHA-256 of the script", example = "9f86d081884c7d65")
        String checksum,

        @Field(value = "Names of the tables it created, bounded", example = "[kafka_dlq]")
        List<String> tablesCreated,

        @Field(value = "Time the script took, 0 if found applied", unit = "ms", example = "42")
        long millis,

        @Field(value = "What was done", example = "applied bridge-schema-1 in 42 ms, created kafka_dlq")
        String summary)
        implements ActionResult {
    public MigrateResult {
        tablesCreated = tablesCreated == null ? List.of() : List.copyOf(tablesCreated);
    }
}
