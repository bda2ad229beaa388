package io.longwatch.starter.command;

import io.longwatch.release.ReleaseState;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.ListedRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    @Option(names = "--most", paramLabel = "N", description = "Lists at most so many: ${DEFAULT-VALUE}.")
    private int most = 200;

    public ListCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        if (most < 1) {
            throw CommandFailed.usage("--most is " + most + "; write 1 or more", null);
        }
        try (Connection connection = server.connect(world().connector())) {
            List<ListedRelease> found = new Releases(connection).latest(most + 1L);
            List<Row> rows = found.stream().limit(most).map(Row::of).toList();
            if (asJson) {
                json(rows);
            } else if (rows.isEmpty()) {
                err().println("No releases in namespace " + connection.namespace() + ".");
            } else {
                table(rows);
            }
            if (found.size() > most) {
                err().println("There are more; --most shows more than " + most + ".");
            }
            return Exit.DONE;
        }
    }

    private void table(List<Row> rows) {
        int width = rows.stream().mapToInt(row -> row.release().length()).max().orElse(10);
        String form = "%-" + width + "s  %-20s  %s%n";
        out().printf(form, "RELEASE", "STATE", "STARTED");
        rows.forEach(row ->
                out().printf(form, row.release(), row.words(), row.startedAt().truncatedTo(ChronoUnit.SECONDS)));
    }

    /** A release in the list; its state is absent where nobody knows it. */
    record Row(String release, @Nullable ReleaseState state, boolean open, Instant startedAt) {
        static Row of(ListedRelease listed) {
            FoundRelease found = listed.release();
            return new Row(found.id(), listed.state(), found.open(), found.startedAt());
        }

        String words() {
            return state == null ? (open ? "no worker answers" : "ended") : state.name();
        }
    }
}
