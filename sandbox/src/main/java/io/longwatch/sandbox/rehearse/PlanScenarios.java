package io.longwatch.sandbox.rehearse;

import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.plan.PlanOnDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The scenarios that come with a plan: files in the folder {@code scenarios} beside it, known by their names. */
final class PlanScenarios {
    private static final String ENDING = ".yaml";

    private final Path folder;

    private PlanScenarios(Path folder) {
        this.folder = folder;
    }

    static PlanScenarios of(PlanOnDisk plan) {
        return new PlanScenarios(plan.file().resolveSibling("scenarios"));
    }

    /**
     * The file that someone means.
     *
     * @param said its path, or its name here
     * @throws CommandFailed if there is none
     */
    Path find(String said) {
        try {
            return Stream.of(Path.of(said), folder.resolve(said + ENDING))
                    .filter(file -> Files.exists(file) && !Files.isDirectory(file))
                    .findFirst()
                    .orElseThrow(() -> none(said));
        } catch (InvalidPathException e) {
            throw none(said);
        }
    }

    private CommandFailed none(String said) {
        List<String> names = names();
        return CommandFailed.usage(
                "there is no scenario '" + said + "', neither a file nor in " + folder,
                names.isEmpty() ? null : "There: " + String.join(", ", names));
    }

    private List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
