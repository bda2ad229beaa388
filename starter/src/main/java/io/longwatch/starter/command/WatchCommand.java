package io.longwatch.starter.command;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import io.longwatch.starter.temporal.Snapshot;
import io.longwatch.starter.view.Screen;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longwatch watch ID}. */
@Command(
        name = "watch",
        description = "Follows a release until it ends. Exit code 0 if it succeeded, 1 if it ended otherwise.")
public final class WatchCommand extends BaseCommand {
    private static final int MOST_SILENCES = 30;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "ID", description = "Release id.")
    private String id = "";

    @Option(names = "--plain", description = "Prints a line per change instead of drawing.")
    private boolean plain;

    @Option(names = "--every", paramLabel = "MILLIS", hidden = true, defaultValue = "1000")
    private long every = 1000;

    public WatchCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Connection connection = server.connect(world().connector())) {
            Releases releases = new Releases(connection);
            FoundRelease found = releases.find(id);
            Snapshot first = releases.snapshot(found);
            try (Screen screen = Screen.on(out(), world(), !plain)) {
                ReleaseState end = follow(releases, found, first, screen);
                return end == ReleaseState.SUCCEEDED ? Exit.DONE : Exit.FELL_SHORT;
            }
        }
    }

    private ReleaseState follow(Releases releases, FoundRelease found, Snapshot first, Screen screen)
            throws InterruptedException {
        ReleasePlan plan = first.plan();
        ReleaseRecord record = first.record();
        int silences = 0;
        while (true) {
            screen.show(plan, record, world().clock().instant());
            if (record.state().ended()) {
                return record.state();
            }
            Thread.sleep(Duration.ofMillis(every).toMillis());
            try {
                record = releases.seen(plan, found);
                silences = 0;
            } catch (CommandFailed e) {
                if (++silences >= MOST_SILENCES) {
                    throw e;
                }
            }
        }
    }
}
