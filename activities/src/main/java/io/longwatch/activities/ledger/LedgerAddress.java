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
        String bounded = url + (url.contains("?") ? "&" : "?") + "socketTimeout=4";
        return new PostgresConnection(bounded, user, password, SCHEMA, PATIENCE);
    }
}
