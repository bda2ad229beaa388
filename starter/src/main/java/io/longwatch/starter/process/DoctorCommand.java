package io.longwatch.starter.process;

import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.ledger.InvalidLedger;
import io.longwatch.activities.ledger.Ledger;
import io.longwatch.activities.ledger.LedgerAddress;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import io.longwatch.starter.process.Finding.Health;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Namespace;
import io.longwatch.starter.temporal.Reach;
import io.longwatch.temporal.UnusableProfile;
import io.longwatch.worker.Metrics;
import io.longwatch.worker.Systems;
import io.longwatch.worker.TemporalClients;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile.Secrets;
import io.temporal.client.WorkflowClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch doctor --config FILE}. */
@Command(
        name = "doctor",
        description = "Tries what a worker needs: the Temporal server, its namespace and search attributes, the ledger,"
                + " every connection. Exit code 3 if one cannot be reached or used, 1 if something else is"
                + " lacking, but for people: without any a worker is for trying out.")
public final class DoctorCommand extends BaseCommand {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--fix", description = "Registers the search attributes that are missing.")
    private boolean fix;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public DoctorCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        WorkerConfig read = config.read(err(), world().environment(), Secrets.LATER);
        List<Finding> findings = new ArrayList<>(temporal(read));
        LedgerAddress ledger = read.ledger();
        if (ledger != null) {
            findings.add(tried(ledger));
        }
        Systems systems = new Systems(read.directory(), read.checks(), world().clock());
        for (Connections environment : read.connections()) {
            findings.addAll(new Probes(environment, systems.activities(environment)).all());
        }
        config.unready(world().environment())
                .forEach(problem -> findings.add(new Finding("secrets", Health.LACKING, problem)));
        if (read.people().isEmpty()) {
            findings.add(new Finding(
                    "people",
                    Health.LACKING,
                    "none are configured: whoever can write to the namespace may decide; name them under people:"));
        }
        tell(findings);
        return exit(findings);
    }

    private List<Finding> temporal(WorkerConfig read) {
        try (Metrics metrics = new Metrics()) {
            WorkflowClient client = TemporalClients.open(read, metrics);
            Reach reach = ConfigOption.reach(client);
            String version = reach.requireServer();
            reach.requireNamespace();
            try (Connection connection =
                    new Connection(client, reach.address(), client.getWorkflowServiceStubs()::shutdownNow)) {
                return List.of(
                        new Finding(
                                "temporal",
                                Health.WELL,
                                "server " + version + " answers at " + reach.address() + ", with the namespace "
                                        + connection.namespace()),
                        searchAttributes(new Namespace(connection)));
            }
        } catch (CommandFailed e) {
            return List.of(new Finding(
                    "temporal", Health.UNREACHABLE, (e.getMessage() + ". " + e.hint()).replace("\n", ", ")));
        } catch (UnusableProfile e) {
            throw ConfigOption.unusable(e);
        }
    }

    private Finding searchAttributes(Namespace namespace) {
        if (namespace.knowsSearchAttributes()) {
            return new Finding("search attributes", Health.WELL, "registered");
        }
        if (!fix) {
            return new Finding(
                    "search attributes",
                    Health.LACKING,
                    "not registered, so the Temporal UI cannot filter releases; run again with --fix");
        }
        return namespace
                .registerSearchAttributes()
                .map(problem -> new Finding("search attributes", Health.LACKING, "cannot be registered: " + problem))
                .orElseGet(() -> new Finding("search attributes", Health.WELL, "registered now"));
    }

    private static Finding tried(LedgerAddress address) {
        try (Ledger ledger = new Ledger(address)) {
            return new Finding("ledger", Health.WELL, ledger.probe());
        } catch (SQLException e) {
            return new Finding(
                    "ledger",
                    Health.UNREACHABLE,
                    e.getMessage() + "; look at ledger: url, user and password. A worker runs without, and what happens"
                            + " meanwhile may be missing in it");
        } catch (InvalidLedger e) {
            return new Finding("ledger", Health.UNREACHABLE, e.getMessage() + ". A worker does not start with it");
        }
    }

    private void tell(List<Finding> findings) {
        if (asJson) {
            json(findings);
            return;
        }
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        for (Finding finding : findings) {
            String health = finding.health().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            out().printf("%-12s %-" + width + "s  %s%n", health, finding.subject(), finding.message());
        }
    }

    private static int exit(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.health() == Health.UNREACHABLE)) {
            return Exit.UNREACHABLE;
        }
        boolean lacking = findings.stream()
                .filter(finding -> !finding.subject().equals("people"))
                .anyMatch(finding -> finding.health() == Health.LACKING);
        return lacking ? Exit.FELL_SHORT : Exit.DONE;
    }
}
