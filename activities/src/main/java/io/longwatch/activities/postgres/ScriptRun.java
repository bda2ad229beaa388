package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.Invocation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a script's statements in the transaction at hand; a heartbeat before each tells how far it is. */
final class ScriptRun {
    private final Invocation invocation;
    private final Connection connection;
    private final Script script;

    ScriptRun(Invocation invocation, Connection connection, Script script) {
        this.invocation = invocation;
        this.connection = connection;
        this.script = script;
    }

    void run() throws SQLException {
        int number = 0;
        for (Script.Statement next : script.statements()) {
            number++;
            invocation.heartbeat(
                    "statement " + number + " of " + script.statements().size());
            run(next);
        }
    }

    private void run(Script.Statement next) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(next.sql());
        } catch (SQLException e) {
            throw new StatementFailed(script.place(next, Transactions.positionOf(e)), e);
        }
    }
}
