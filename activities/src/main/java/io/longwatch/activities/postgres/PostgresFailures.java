package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Names what PostgreSQL, its driver and the pool say went wrong. Details of the server's messages and texts it quotes
 * from data are left out: they may be values bound to a statement.
 */
final class PostgresFailures {
    private PostgresFailures() {}

    static ApplicationFailure of(PostgresConnection connection, StatementFailed failed) {
        return of(connection, " in " + failed.place(), failed.failure());
    }

    /** For what failed outside of a step's statement: connecting, committing. */
    static ApplicationFailure of(PostgresConnection connection, Throwable failure) {
        Throwable cause = rootOf(failure);
        if (cause instanceof SecretMissing missing) {
            return missing.failure("password for PostgreSQL at " + connection.address());
        }
        if (cause instanceof SQLException sql) {
            return of(connection, "", sql);
        }
        return Failures.unavailable(
                "PostgreSQL at " + connection.address() + " cannot be reached: " + cause.getMessage(), failure);
    }

    private static ApplicationFailure of(PostgresConnection connection, String place, SQLException failure) {
        String state = failure.getSQLState() == null ? "08000" : failure.getSQLState();
        String says = "PostgreSQL at " + connection.address() + place + ": " + text(state, failure);
        return switch (state) {
            case "25006" ->
                Failures.refused(says + "; the statement writes, and a query may only read. Changes of the schema go"
                        + " through postgres.migrate");
            case "25001" ->
                Failures.invalid(says + "; a step's SQL runs in one transaction. Run this statement outside of the"
                        + " release, or write it without CONCURRENTLY");
            case "2BP01" -> Failures.refused(says);
            case "42501" -> Failures.denied(says + "; grant it to role '" + connection.user() + "'", null);
            case "42P01", "3D000", "3F000" -> Failures.notFound(says);
            case "40001", "40P01", "55P03", "55006" -> Failures.conflict(says, null);
            case "57014", "25P03", "25P04" -> Failures.unavailable(says, null);
            default -> ofClass(state.substring(0, 2), says, connection, failure);
        };
    }

    private static ApplicationFailure ofClass(
            String stateClass, String says, PostgresConnection connection, SQLException failure) {
        return switch (stateClass) {
            case "28" -> Failures.denied(says + "; check user '" + connection.user() + "' and its password", failure);
            case "08", "53", "57", "58" -> Failures.unavailable(says, failure);
            case "0A", "22", "42" -> Failures.invalid(says);
            case "25" -> Failures.refused(says);
            default -> Failures.failed(says, null);
        };
    }

    private static String text(String state, SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String message = server == null ? failure.getMessage() : server.getMessage();
        return (state.startsWith("22") ? withoutQuoted(message) : message) + " (SQLSTATE " + state + ")";
    }

    /** Data exceptions quote the value they choke on: invalid input syntax for type integer: "abc". */
    private static String withoutQuoted(@Nullable String message) {
        return String.valueOf(message).replaceAll("(?s)\".*\"", "\"…\"");
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && !(at instanceof PSQLException)) {
            at = at.getCause();
        }
        return at;
    }
}
