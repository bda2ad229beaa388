package io.longwatch.activities.ledger;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
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
        String password = address.password() == null ? null : address.password().reveal();
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(address.forMigrations(), address.user(), password)
                    .schemas(LedgerAddress.SCHEMA)
                    .table(HISTORY)
                    .locations(FOLDER)
                    .validateMigrationNaming(true)
                    .cleanDisabled(true)
                    .load();
            int applied = flyway.migrate().migrationsExecuted;
            tell(flyway, applied);
        } catch (FlywayException e) {
            throw new InvalidLedger(
                    "the ledger at " + address.connection().address()
                            + " cannot be brought up to date; it needs a schema " + LedgerAddress.SCHEMA
                            + " of its own that its role may change: " + firstLines(e),
                    e);
        }
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
