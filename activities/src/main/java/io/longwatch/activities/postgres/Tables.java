package io.longwatch.activities.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The tables of a database, but for the server's own and partitions of others. */
final class Tables {
    private static final int MOST_NAMES = 40;
    private static final String SELECT = """
            SELECT CASE WHEN n.nspname = ? THEN c.relname ELSE n.nspname || '.' || c.relname END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ?
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
            """;

    private Tables() {}

    static SortedSet<String> of(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
            statement.setString(1, schema);
            statement.setString(2, Ledger.TABLE);
            try (ResultSet row = statement.executeQuery()) {
                SortedSet<String> names = new TreeSet<>();
                while (row.next()) {
                    names.add(row.getString(1));
                }
                return names;
            }
        }
    }

    /** As many names as a step's result may hold. */
    static List<String> bounded(Collection<String> names) {
        return names.stream().limit(MOST_NAMES).toList();
    }
}
