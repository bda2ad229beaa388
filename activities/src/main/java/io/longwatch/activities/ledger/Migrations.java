package io.longwatch.activities.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the ledger's tables to what this worker knows. Tables that a newer worker has made are taken as they are, since
 * a migration only adds; tables that differ from what was once applied are refused.
 */
final class Migrations {
    static final String HISTORY = "ledger_history";

    private static final Logger LOGGER = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "classpath:io/longwatch/ledger/migrations";

    /** What applying one would meet, or null. */
    private static final String OBSTACLE = """
            SELECT CASE
                WHEN to_regnamespace('%1$s') IS NULL
                    THEN CASE WHEN NOT has_database_privilege(current_database(), 'CREATE')
                        THEN 'its role may not make one' END
                WHEN NOT has_schema_privilege('%1$s', 'CREATE') THEN 'its role may not change it'
                WHEN to_regclass('%1$s.%2$s') IS NULL
                        AND EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('%1$s'))
                    THEN 'it holds what is not the ledger''s'
            END""".formatted(LedgerAddress.SCHEMA, HISTORY);

    private final LedgerAddress address;

    Migrations(LedgerAddress address) {
        this.address = address;
    }

    /**
     * Applies what is missing. Several workers may do so at once.
     *
     * @throws InvalidLedger if the tables are not the ledger's
     */
    void apply() {
        try {
            Flyway flyway = flyway().load();
            int applied = flyway.migrate().migrationsExecuted;
            tell(flyway, applied);
        } catch (FlywayException e) {
            throw refused(firstLines(e), e);
        }
    }

    /**
     * Whether none is missing. Changes nothing.
     *
     * @throws InvalidLedger if the tables are not the ledger's, or one is missing and cannot be applied
     */
    boolean applied(Connection transaction) throws SQLException {
        if (missing() == 0) {
            return true;
        }
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery(OBSTACLE)) {
            String obstacle = row.next() ? row.getString(1) : null;
            if (obstacle != null) {
                throw refused(obstacle, null);
            }
        }
        return false;
    }

    private int missing() {
        try {
            Flyway flyway =
                    flyway().ignoreMigrationPatterns("*:future", "*:pending").load();
            flyway.validate();
            return flyway.info().pending().length;
        } catch (FlywayException e) {
            throw refused(firstLines(e), e);
        }
    }

    private InvalidLedger refused(String why, @Nullable Throwable cause) {
        return new InvalidLedger(
                "the ledger at " + address.connection().address() + " cannot be brought up to date; it needs a schema "
                        + LedgerAddress.SCHEMA + " of its own that its role may change: " + why,
                cause);
    }

    private FluentConfiguration flyway() {
        String password = address.password() == null ? null : address.password().reveal();
        return Flyway.configure()
                .dataSource(address.forMigrations(), address.user(), password)
                .schemas(LedgerAddress.SCHEMA)
                .table(HISTORY)
                .locations(FOLDER)
                .validateMigrationNaming(true)
                .cleanDisabled(true);
    }

    private void tell(Flyway flyway, int applied) {
        MigrationInfo current = flyway.info().current();
        List<MigrationVersion> newer = Arrays.stream(flyway.info().applied())
                .filter(each -> each.getState().name().startsWith("FUTURE"))
                .map(MigrationInfo::getVersion)
                .toList();
        LOGGER.atInfo()
                .addKeyValue("ledger", address.connection().address())
                .addKeyValue("version", String.valueOf(current == null ? null : current.getVersion()))
                .addKeyValue("applied", applied)
                .log("ledger is up to date");
        if (!newer.isEmpty()) {
            LOGGER.atWarn()
                    .addKeyValue("versions", newer)
                    .log("a newer worker has migrated the ledger; this one writes what it knows");
        }
    }

    private static String firstLines(FlywayException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
        return text.length() <= 500 ? text : text.substring(0, 500) + "...";
    }
}
