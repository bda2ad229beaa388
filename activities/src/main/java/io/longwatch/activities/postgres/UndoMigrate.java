package io.longwatch.activities.postgres;

import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a migration back by its down script. What counts is the live record: an attempt that died after its commit left
 * one, one that failed left none.
 */
final class UndoMigrate {
    private final ActionContext context;
    private final Connection connection;
    private final StepRef step;
    private final MigrateInput input;

    UndoMigrate(ActionContext context, Connection connection, StepRef step, MigrateInput input) {
        this.context = context;
        this.connection = connection;
        this.step = step;
        this.input = input;
    }

    UndoResult run() throws SQLException {
        Transactions.limit(connection, input.statementTimeoutOrDefault());
        Transactions.limitLockWait(connection, input.lockTimeoutOrDefault());
        Ledger ledger = Ledger.of(connection);
        // Asked before the lock is waited for, whose heartbeats would hide it.
        boolean begun = context.invocation().announced(committing());
        ledger.lock(context.invocation());
        Optional<Ledger.Entry> found = ledger.find(input.name());
        if (found.isEmpty()) {
            return begun
                    ? UndoResult.reverted("the down script of " + input.name() + " was run by an attempt that was lost")
                    : UndoResult.notNeeded(input.name() + " is not applied");
        }
        if (!found.get().releaseKey().equals(step.key())) {
            return UndoResult.notNeeded(
                    input.name() + " was applied by " + found.get().releaseKey() + ", not by this step");
        }
        String obstacle = obstacle(ledger, found.get());
        return obstacle == null ? undo(ledger, found.get()) : UndoResult.refused(obstacle);
    }

    private @Nullable String obstacle(Ledger ledger, Ledger.Entry found) throws SQLException {
        if (input.down() == null) {
            return input.name() + " stays applied: the plan gives no down script";
        }
        if (!found.checksum().equals(Script.checksum(input.script()))) {
            return input.name() + " stays applied: the record holds another script (SHA-256 "
                    + Migrate.abridged(found.checksum()) + ") than the one this down script belongs to";
        }
        List<Ledger.Entry> later = ledger.after(found);
        return later.isEmpty()
                ? null
                : input.name() + " stays applied: " + later.get(0).name() + " was applied after it by "
                        + later.get(0).releaseKey() + " and may need it";
    }

    private String committing() {
        return "committing the way back of " + input.name();
    }

    private UndoResult undo(Ledger ledger, Ledger.Entry found) throws SQLException {
        Script down = Script.of(String.valueOf(input.down()));
        ledger.remove(found);
        new ScriptRun(context.invocation(), connection, down).run();
        context.invocation().renew(committing());
        connection.commit();
        return UndoResult.reverted("ran the down script of " + input.name() + " ("
                + down.statements().size() + (down.statements().size() == 1 ? " statement)" : " statements)"));
    }
}
