package io.longwatch.starter.command;

import io.longwatch.report.StatusJson;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.ledger.LedgerOptions;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import io.longwatch.starter.temporal.Snapshot;
import io.longwatch.starter.view.ReleaseView;
import io.longwatch.starter.view.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longwatch status ID}. */
@Command(name = "status", description = "Shows how a release stands. Exit code 0 whatever its state.")
public final class StatusCommand extends BaseCommand {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    @Parameters(paramLabel = "ID", description = "Release id.")
    private String id = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public StatusCommand(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        try (Connection connection = server.connect(world().connector())) {
            Snapshot snapshot = ledger.snapshot(world(), err(), new Releases(connection), id);
            if (asJson) {
                json(StatusJson.of(snapshot.plan(), snapshot.record()));
            } else {
                ReleaseView.lines(
                                snapshot.plan(),
                                snapshot.record(),
                                world().clock().instant(),
                                Style.of(world()))
                        .forEach(out()::println);
            }
            return Exit.DONE;
        }
    }
}
