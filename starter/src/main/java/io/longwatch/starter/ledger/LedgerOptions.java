package io.longwatch.starter.ledger;

import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.ledger.KeptRelease;
import io.longwatch.activities.ledger.Ledger;
import io.longwatch.activities.ledger.LedgerAddress;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.Snapshot;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where releases are found that Temporal no longer knows. */
public final class LedgerOptions {
    private static final String URL = "LONGWATCH_LEDGER";
    private static final String USER = "LONGWATCH_LEDGER_USER";
    private static final String PASSWORD = "LONGWATCH_LEDGER_PASSWORD";

    @Option(
            names = "--ledger",
            paramLabel = "URL",
            description = "Ledger to ask for a release that Temporal no longer knows, jdbc:postgresql://HOST/DATABASE;"
                    + " otherwise " + URL + ". Its role is " + USER + " and " + PASSWORD + ".")
    private @Nullable String url;

    /**
     * The release as Temporal knows it, else as the ledger holds it.
     *
     * @param problems where it is said that it comes from the ledger
     * @throws CommandFailed if neither knows it
     */
    public Snapshot snapshot(World world, PrintWriter problems, Releases releases, String id) {
        Optional<FoundRelease> running = releases.search(id);
        if (running.isPresent()) {
            return releases.snapshot(running.get());
        }
        Optional<KeptRelease> kept = kept(world, id);
        if (kept.isEmpty()) {
            return releases.snapshot(releases.find(id));
        }
        problems.println("Temporal no longer knows " + id + "; this is the ledger's, written "
                + kept.get().writtenAt() + (kept.get().record().state().ended() ? "." : ", before the release ended."));
        return new Snapshot(kept.get().request().plan(), kept.get().record());
    }

    private Optional<KeptRelease> kept(World world, String id) {
        String where = url == null ? world.environment().get(URL) : url;
        if (where == null || where.isEmpty()) {
            return Optional.empty();
        }
        try (Ledger ledger = new Ledger(address(world, where))) {
            return ledger.find(id);
        } catch (SQLException e) {
            throw CommandFailed.unreachable(
                    "Temporal does not know " + id + ", and the ledger cannot be asked: " + e.getMessage(), null, e);
        }
    }

    private static LedgerAddress address(World world, String where) {
        boolean secret = !world.environment().getOrDefault(PASSWORD, "").isEmpty();
        String user = world.environment().getOrDefault(USER, world.user());
        try {
            return new LedgerAddress(where, user, secret ? Secret.ofEnv(PASSWORD) : null);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "See --ledger and " + URL + ".", e);
        }
    }
}
