package io.longwatch.starter.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.contract.Json;
import io.longwatch.report.Boxes;
import io.longwatch.report.ReleaseReport;
import io.longwatch.report.StatusJson;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.ledger.LedgerOptions;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Releases;
import io.longwatch.starter.temporal.ServerOptions;
import io.longwatch.starter.temporal.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code longwatch report ID}. */
@Command(name = "report", description = "Writes the report of a release, ended or not.")
public final class ReportCommand extends BaseCommand {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    @Parameters(paramLabel = "ID", description = "Release id.")
    private String id = "";

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Format format = Format.md;

    @Option(names = "--output", paramLabel = "FILE", description = "File to write; standard output by default.")
    private @Nullable Path output;

    public ReportCommand(World world) {
        super(world);
    }

    /** Forms of a report. */
    enum Format {
        md,
        json
    }

    @Override
    public Integer call() {
        try (Connection connection = server.connect(world().connector())) {
            Snapshot snapshot = ledger.snapshot(world(), err(), new Releases(connection), id);
            String text = format == Format.md
                    ? ReleaseReport.markdown(snapshot.plan(), snapshot.record())
                    : asJson(snapshot) + System.lineSeparator();
            write(text);
            return Exit.DONE;
        }
    }

    private static String asJson(Snapshot snapshot) {
        ObjectNode json = Json.mapper().valueToTree(StatusJson.of(snapshot.plan(), snapshot.record()));
        json.set(
                "checklist",
                Json.mapper()
                        .valueToTree(
                                Boxes.of(snapshot.plan(), snapshot.record()).boxes()));
        json.set("record", Json.mapper().valueToTree(snapshot.record()));
        return json.toPrettyString();
    }

    private void write(String text) {
        Path file = output;
        if (file == null) {
            out().print(text);
            out().flush();
            return;
        }
        try {
            Files.writeString(file, text);
        } catch (NoSuchFileException e) {
            throw CommandFailed.usage("the report cannot be written to " + file + ": there is no such folder", null, e);
        } catch (IOException e) {
            throw CommandFailed.usage("the report cannot be written to " + file + ": " + e, null, e);
        }
        err().println("Report written to " + file + ".");
    }
}
