package io.longwatch.activities.postgres;

import java.sql.SQLException;

/** A statement of a step failed. Keeps what the step calls that place, for the message. */
final class StatementFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final SQLException failure;

    /** @param place where, in the plan's own text: "line 3, column 8 of the statement" */
    StatementFailed(String place, SQLException failure) {
        super(place, failure);
        this.failure = failure;
    }

    String place() {
        return String.valueOf(getMessage());
    }

    SQLException failure() {
        return failure;
    }
}
