package io.longwatch.activities.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of one statement, sent together. */
final class Upsert implements AutoCloseable {
    private final Connection transaction;
    private final PreparedStatement statement;
    private boolean any;

    Upsert(Connection transaction, String sql) throws SQLException {
        this.transaction = transaction;
        this.statement = transaction.prepareStatement(sql);
    }

    /**
     * Adds a row: texts, numbers, truths, instants, bytes, lists of texts, arrays of whole
     * numbers.
     */
    void row(@Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            set(i + 1, values[i]);
        }
        statement.addBatch();
        any = true;
    }

    private void set(int place, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            statement.setObject(place, instant.atOffset(ZoneOffset.UTC));
        } else if (value instanceof Integer[] numbers) {
            statement.setArray(place, transaction.createArrayOf("integer", numbers));
        } else if (value instanceof List<?> texts) {
            statement.setArray(place, transaction.createArrayOf("text", texts.toArray()));
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(place, bytes);
        } else if (value instanceof Number || value instanceof Boolean) {
            statement.setObject(place, value);
        } else if (value == null) {
            statement.setNull(place, Types.OTHER);
        } else {
            // PostgreSQL's text has no NUL.
            statement.setString(place, value.toString().replace('\0', '\uFFFD'));
        }
    }

    /** Sends the rows; how many were written, or that some were. */
    int send() throws SQLException {
        if (!any) {
            return 0;
        }
        int written = 0;
        for (int count : statement.executeBatch()) {
            written += count == Statement.SUCCESS_NO_INFO ? 1 : count;
        }
        return written;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
