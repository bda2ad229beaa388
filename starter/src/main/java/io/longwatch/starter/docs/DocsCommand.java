package io.longwatch.starter.docs;

import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code longwatch docs [--write]}: for those who work on Longwatch itself. */
@Command(
        name = "docs",
        hidden = true,
        description = "Checks that the generated pages of the documentation are up to date; exit code 1 if one is not.")
public final class DocsCommand extends BaseCommand {
    @Option(names = "--write", description = "Writes what is not up to date, instead of naming it.")
    private boolean write;

    @Option(names = "--folder", paramLabel = "FOLDER", description = "Folder of the pages; docs beside longwatch.")
    private Path folder;

    public DocsCommand(World world) {
        super(world);
        folder = Path.of(world.environment().getOrDefault("LONGWATCH_HOME", "."), "docs");
    }

    @Override
    public Integer call() {
        try {
            List<String> stale = stale();
            if (write) {
                write(stale);
                return Exit.DONE;
            }
            stale.forEach(name -> err().println(
                            folder.resolve(name) + " is not what the contracts say; run ./longwatch docs --write"));
            return stale.isEmpty() ? Exit.DONE : Exit.FELL_SHORT;
        } catch (IOException e) {
            throw CommandFailed.usage(
                    "the pages in " + folder + " cannot be read or written: " + e, "Name another with --folder.");
        }
    }

    private List<String> stale() throws IOException {
        List<String> stale = new ArrayList<>();
        for (Map.Entry<String, String> page : Documents.generated().entrySet()) {
            Path file = folder.resolve(page.getKey());
            if (!Files.exists(file) || !Files.readString(file).equals(page.getValue())) {
                stale.add(page.getKey());
            }
        }
        return stale;
    }

    private void write(List<String> stale) throws IOException {
        Files.createDirectories(folder);
        for (String name : stale) {
            Files.writeString(folder.resolve(name), Documents.generated().get(name));
            out().println("wrote " + folder.resolve(name));
        }
    }
}
