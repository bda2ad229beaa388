package io.longwatch.starter.command;

import io.longwatch.release.ReleaseState;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch list}. */
@Command(name = "list", description = "Lists the releases of the namespace, the latest first.")
public final class ListCommand extends BaseCommand {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public ListCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        try (Connection connection = server.connect(world().connector())) {
            Releases releases = new Releases(connection);
            List<Row> rows =
                    releases.all().stream().map(found -> row(releases, found)).toList();
            if (asJson) {
                json(rows);
            } else if (rows.isEmpty()) {
                err().println("No releases in namespace " + connection.namespace() + ".");
            } else {
                table(rows);
            }
            return Exit.DONE;
        }
    }

    private static Row row(Releases releases, FoundRelease found) {
        return new Row(found.id(), releases.state(found), found.open(), found.startedAt());
    }

    private void table(List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.release().length()).max().orElse(10);
        String form = "%-" + width + "s  %-20s  %s%n";
        out().printf(form, "RELEASE", "STATE", "STARTED");
        rows.forEach(row -> out().printf(form, row.release(), row.words(), row.startedAt()));
    }

    /** A release in the list; its state is absent where nobody answers for it. */
    record Row(String release, @Nullable ReleaseState state, boolean open, Instant startedAt) {
        String words() {
            return state == null ? (open ? "no worker answers" : "ended") : state.name();
        }
    }
}
