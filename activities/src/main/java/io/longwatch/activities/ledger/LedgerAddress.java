package io.longwatch.activities.ledger;

import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.postgres.PostgresConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger is.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, without credentials
 * @param user role that logs in; it makes the schema {@value #SCHEMA} or is allowed to change it
 * @param password its password; none for trust, peer or certificate authentication
 */
public record LedgerAddress(
        String url, String user, @Nullable Secret password) {
    /** Schema of the ledger's tables. */
    public static final String SCHEMA = "longwatch";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    public LedgerAddress {
        new PostgresConnection(url, user, password, SCHEMA, null);
    }

    /** The connection; a server that hangs is given up after a few seconds. */
    PostgresConnection connection() {
        return new PostgresConnection(bounded(4), user, password, SCHEMA, PATIENCE);
    }

    /** The address for changes of the tables, which may take longer but not for ever either. */
    String forMigrations() {
        return bounded(60);
    }

    private String bounded(int seconds) {
        return url + (url.contains("?") ? "&" : "?") + "socketTimeout=" + seconds;
    }
}
