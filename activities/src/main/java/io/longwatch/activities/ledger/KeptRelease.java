package io.longwatch.activities.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A release as the ledger holds it.
 *
 * @param request what it was started with
 * @param record what it knew of itself when its last page was written
 * @param writtenAt when that was
 */
public record KeptRelease(ReleaseRequest request, ReleaseRecord record, Instant writtenAt) {
    private static final String SELECT =
            "SELECT request, record, written_at FROM " + LedgerAddress.SCHEMA + ".release WHERE id = ?";
    private static final String NO_SUCH_TABLE = "42P01";

    static Optional<KeptRelease> read(Connection transaction, String release) throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(SELECT)) {
            statement.setString(1, release);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(of(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.equals(e.getSQLState())) {
                throw new SQLException("no ledger is there; a worker with this ledger makes it", NO_SUCH_TABLE, e);
            }
            throw e;
        }
    }

    private static KeptRelease of(ResultSet row) throws SQLException {
        try {
            return new KeptRelease(
                    Json.mapper().readValue(row.getString(1), ReleaseRequest.class),
                    Json.mapper().readValue(row.getString(2), ReleaseRecord.class),
                    row.getObject(3, OffsetDateTime.class).toInstant());
        } catch (JsonProcessingException e) {
            throw new SQLException("the ledger holds what this version cannot read: " + e.getOriginalMessage(), e);
        }
    }
}
