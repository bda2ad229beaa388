package io.longwatch.activities.postgres;

import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Pulse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Runs a script's statements in the transaction at hand; heartbeats tell how far it is. */
final class ScriptRun {
    private static final Duration BEAT = Duration.ofSeconds(4);

    private final Invocation invocation;
    private final Connection connection;
    private final Script script;
    private final Duration beat;

    ScriptRun(Invocation invocation, Connection connection, Script script) {
        this(invocation, connection, script, BEAT);
    }

    ScriptRun(Invocation invocation, Connection connection, Script script, Duration beat) {
        this.invocation = invocation;
        this.connection = connection;
        this.script = script;
        this.beat = beat;
    }

    void run() throws SQLException {
        int number = 0;
        for (Script.Statement next : script.statements()) {
            number++;
            String progress =
                    "statement " + number + " of " + script.statements().size();
            invocation.heartbeat(progress);
            run(next, progress);
        }
    }

    private void run(Script.Statement next, String progress) throws SQLException {
        try (Statement statement = connection.createStatement();
                Pulse pulse = new Pulse(() -> invocation.heartbeat(progress), beat, lost -> cancel(statement, lost))) {
            statement.setEscapeProcessing(false);
            execute(statement, next, pulse);
        }
    }

    private void execute(Statement statement, Script.Statement next, Pulse pulse) {
        try {
            statement.execute(next.sql());
        } catch (SQLException e) {
            RuntimeException lost = pulse.lost();
            if (lost != null) {
                throw lost;
            }
            throw new StatementFailed(script.place(next, Transactions.positionOf(e)), e);
        }
    }

    private static void cancel(Statement statement, RuntimeException reason) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // The statement then ends by its own timeout, and the attempt still does not commit.
            reason.addSuppressed(e);
        }
    }
}
