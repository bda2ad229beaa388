package io.longwatch.activities.postgres;

import io.longwatch.actions.postgres.MigrateBefore;
import io.longwatch.actions.postgres.MigrateInput;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What stands in the database before a migration: whether it is applied, by whom, and which tables there are. */
final class LookBeforeMigrate {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private final Connection connection;
    private final MigrateInput input;

    LookBeforeMigrate(Connection connection, MigrateInput input) {
        this.connection = connection;
        this.input = input;
    }

    MigrateBefore run() throws SQLException {
        Script.of(input.script());
        connection.setReadOnly(true);
        Transactions.limit(connection, BOUND);
        String version = connection.getMetaData().getDatabaseProductVersion();
        Ledger ledger = Ledger.of(connection);
        SortedSet<String> tables = Tables.of(connection, ledger.schema());
        Ledger.Entry found = ledger.find(input.name()).orElse(null);
        return new MigrateBefore(
                found != null,
                found == null ? null : found.checksum(),
                found == null ? null : found.releaseKey(),
                version,
                tables.size(),
                Tables.bounded(tables),
                summary(found) + "; " + tables.size() + (tables.size() == 1 ? " table" : " tables") + " on " + version);
    }

    private String summary(Ledger.@Nullable Entry found) {
        return found == null
                ? input.name() + " is not applied yet"
                : input.name() + " was applied by " + found.releaseKey() + " at " + found.appliedAt();
    }
}
