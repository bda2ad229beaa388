package io.longwatch.actions.postgres;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Input of {@code postgres.migrate}. */
public record MigrateInput(
        @ConnectionName("postgres")
        @Field(value = "Connection of kind postgres; the environment's only one by default", example = "events")
        @Nullable
        String connection,

        @Field(value = "Name and version of the migration, never used for another script", example = "bridge-schema-1")
        String name,

        @Field(value = "SQL script that runs in one transaction", example = "{file: schema.sql}")
        String script,

        @Field(
                value = "SQL script that takes it back; without one the migration cannot be undone",
                example = "{file: schema-down.sql}")
        @Nullable
        String down,

        @Field(value = "Time one statement may take on the server, default 5m", example = "5m") @Nullable
        Duration statementTimeout,

        @Field(
                value = "Time one statement may wait for a lock, default 5s: who waits for a table lets others queue up"
                        + " behind",
                example = "5s")
        @Nullable
        Duration lockTimeout) {
    private static final int LONGEST_NAME = 200;

    public MigrateInput {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("name '" + name + "' of the migration has " + name.length()
                    + " characters; write 1 to " + LONGEST_NAME + ", such as bridge-schema-1");
        }
        if (script.isBlank()) {
            throw new IllegalArgumentException("script of migration '" + name + "' is empty; write the SQL to run");
        }
        if (down != null && down.isBlank()) {
            throw new IllegalArgumentException("down script of migration '" + name
                    + "' is empty; leave it out if the migration cannot be taken back");
        }
        requirePositive("statementTimeout", statementTimeout);
        requirePositive("lockTimeout", lockTimeout);
    }

    public Duration statementTimeoutOrDefault() {
        return statementTimeout == null ? Duration.ofMinutes(5) : statementTimeout;
    }

    public Duration lockTimeoutOrDefault() {
        return lockTimeout == null ? Duration.ofSeconds(5) : lockTimeout;
    }

    private static void requirePositive(String field, @Nullable Duration value) {
        if (value != null && value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    field + " is " + value + "; write a positive duration such as 30s or 5m");
        }
    }
}
