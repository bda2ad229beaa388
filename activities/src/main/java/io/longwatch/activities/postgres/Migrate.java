package io.longwatch.activities.postgres;

import io.longwatch.actions.postgres.MigrateBefore;
import io.longwatch.actions.postgres.MigrateInput;
import io.longwatch.actions.postgres.MigrateResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A script applied once: the script and the record that it was applied are one transaction, under one lock. */
final class Migrate {
    private final ActionContext context;
    private final Connection connection;
    private final StepRef step;
    private final MigrateInput input;
    private final MigrateBefore before;
    private final String checksum;

    Migrate(ActionContext context, Connection connection, StepRef step, MigrateInput input, MigrateBefore before) {
        this.context = context;
        this.connection = connection;
        this.step = step;
        this.input = input;
        this.before = before;
        this.checksum = Script.checksum(input.script());
    }

    MigrateResult run() throws SQLException {
        Script script = Script.of(input.script());
        Transactions.limit(connection, input.statementTimeoutOrDefault());
        Transactions.limitLockWait(connection, input.lockTimeoutOrDefault());
        Ledger ledger = Ledger.of(connection);
        ledger.lock(context.invocation());
        Optional<Ledger.Entry> found = ledger.find(input.name());
        return found.isPresent() ? applied(ledger, found.get()) : apply(ledger, script);
    }

    private MigrateResult apply(Ledger ledger, Script script) throws SQLException {
        SortedSet<String> tables = Tables.of(connection, ledger.schema());
        long begin = System.nanoTime();
        ledger.add(new Ledger.Entry(
                input.name(), checksum, step.key(), context.clock().instant()));
        new ScriptRun(context.invocation(), connection, script).run();
        SortedSet<String> created = Tables.of(connection, ledger.schema());
        created.removeAll(tables);
        context.invocation().renew("committing " + input.name());
        connection.commit();
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        return result(true, false, created, millis, "applied " + input.name() + " in " + millis + " ms");
    }

    private MigrateResult applied(Ledger ledger, Ledger.Entry found) throws SQLException {
        if (!found.checksum().equals(checksum)) {
            throw Failures.refused("migration '" + input.name() + "' was applied by " + found.releaseKey() + " at "
                    + found.appliedAt() + " with another script (SHA-256 " + abridged(found.checksum())
                    + ", this one has " + abridged(checksum) + "); give the changed script a name of its own");
        }
        boolean own = found.releaseKey().equals(step.key());
        SortedSet<String> created = own ? createdSince(ledger) : new TreeSet<>();
        String who = own ? "an earlier attempt of this step" : found.releaseKey();
        return result(
                own, true, created, 0, input.name() + " was applied already, by " + who + " at " + found.appliedAt());
    }

    /** What the lost attempt created, as far as {@code before} can tell. */
    private SortedSet<String> createdSince(Ledger ledger) throws SQLException {
        if (before.tables().size() < before.tableCount()) {
            return new TreeSet<>();
        }
        SortedSet<String> created = Tables.of(connection, ledger.schema());
        created.removeAll(new TreeSet<>(before.tables()));
        return created;
    }

    private MigrateResult result(boolean own, boolean already, SortedSet<String> created, long millis, String summary) {
        List<String> names = Tables.bounded(created);
        String tables = created.isEmpty()
                ? ""
                : created.size() <= 5
                        ? ", created " + String.join(", ", created)
                        : ", created " + created.size() + " tables";
        return new MigrateResult(own, already, checksum, names, millis, summary + tables);
    }

    static String abridged(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }
}
