package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Pulse;
import io.longwatch.contract.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code longwatch_migrations} of the connection's schema: which script was applied, by whom and when. */
final class Ledger {
    static final String TABLE = "longwatch_migrations";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('" + TABLE + "', 0))";
    private static final String EXISTS = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND n.nspname = ?)
            """;
    private static final String ELSEWHERE = """
            SELECT string_agg(quote_ident(n.nspname), ', ' ORDER BY n.nspname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ? AND c.relkind = 'r' AND n.nspname <> ? AND n.nspname !~ '^pg_'
              AND has_schema_privilege(n.oid, 'USAGE')
              AND (SELECT source <> 'client' FROM pg_catalog.pg_settings WHERE name = 'search_path')
            """;

    private final Connection connection;
    private final String schema;
    private final String table;

    /** @param checksum SHA-256 of the script */
    record Entry(String name, String checksum, String releaseKey, Instant appliedAt) {}

    private Ledger(Connection connection, String schema, String table) {
        this.connection = connection;
        this.schema = schema;
        this.table = table;
    }

    /**
     * The ledger of the schema in which unqualified names are created. Named in full, since a script may change that.
     *
     * @throws io.temporal.failure.ApplicationFailure Refused if that schema has none, only another schema has, and the
     *     connection does not say which is meant
     */
    static Ledger of(Connection connection) throws SQLException {
        Ledger ledger = ofCurrentSchema(connection);
        if (!ledger.exists()) {
            ledger.requireNoneElsewhere();
        }
        return ledger;
    }

    private static Ledger ofCurrentSchema(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_schema(), quote_ident(current_schema())")) {
            row.next();
            if (row.getString(1) == null) {
                throw new SQLException(
                        "the connection's schema does not exist; create it, or correct schema:", "3F000");
            }
            return new Ledger(connection, row.getString(1), row.getString(2) + "." + TABLE);
        }
    }

    /** What a role's search_path means changes with a schema of the role's name, which a script may create. */
    private void requireNoneElsewhere() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ELSEWHERE)) {
            statement.setString(1, TABLE);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                String others = row.next() ? row.getString(1) : null;
                if (others != null) {
                    throw Failures.refused("unqualified names mean schema " + schema + " now, without a table " + TABLE
                            + ", and schema " + others + " has one: what is applied there would be applied again. Write"
                            + " schema: with the one that is meant in the connection");
                }
            }
        }
    }

    String schema() {
        return schema;
    }

    /** Waits until no other migration of this database is under way; the lock ends with the transaction. */
    void lock(Invocation invocation) throws SQLException {
        Pulse pulse = Pulse.calm(() -> invocation.heartbeat("waiting for another migration"));
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
        } finally {
            pulse.close();
        }
    }

    /** Read from the catalogue: a name that is looked up before the lock may be remembered as absent behind it. */
    boolean exists() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, TABLE);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    Optional<Entry> find(String name) throws SQLException {
        if (!exists()) {
            return Optional.empty();
        }
        List<Entry> entries = select("WHERE name = ?", name);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0));
    }

    /** Migrations applied after the given one, the oldest first. */
    List<Entry> after(Entry entry) throws SQLException {
        return select(
                "WHERE applied_at > (SELECT applied_at FROM " + table + " WHERE name = ?) ORDER BY applied_at",
                entry.name());
    }

    /**
     * Records a migration behind all that are recorded: the clocks of two workers differ, and the order of these times is
     * the order in which migrations stand on each other.
     */
    void add(Entry entry) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (name text PRIMARY KEY, checksum text NOT NULL,"
                    + " release_key text NOT NULL, applied_at timestamptz NOT NULL)");
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + table + " (name, checksum, release_key, applied_at) VALUES (?, ?, ?, GREATEST(?,"
                        + " (SELECT max(applied_at) + interval '1 microsecond' FROM " + table + ")))")) {
            statement.setString(1, entry.name());
            statement.setString(2, entry.checksum());
            statement.setString(3, entry.releaseKey());
            statement.setTimestamp(4, Timestamp.from(entry.appliedAt()));
            statement.executeUpdate();
        }
    }

    void remove(Entry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM " + table + " WHERE name = ?")) {
            statement.setString(1, entry.name());
            statement.executeUpdate();
        }
    }

    private List<Entry> select(String condition, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT name, checksum, release_key, applied_at FROM " + table + " " + condition)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                List<Entry> entries = new ArrayList<>();
                while (row.next()) {
                    entries.add(new Entry(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getTimestamp(4).toInstant()));
                }
                return entries;
            }
        }
    }
}
