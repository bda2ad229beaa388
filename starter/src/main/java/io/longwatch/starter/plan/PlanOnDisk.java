package io.longwatch.starter.plan;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A plan's file: named itself, by its folder, or by its name among the plans that come along. */
public final class PlanOnDisk {
    private static final String FILE = "plan.yaml";

    private final Path file;

    private PlanOnDisk(Path file) {
        this.file = file;
    }

    /**
     * The plan of that name.
     *
     * @throws CommandFailed if there is none
     */
    public static PlanOnDisk named(String name, World world) {
        return places(name, world)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(PlanOnDisk::new)
                .orElseThrow(() -> CommandFailed.usage(
                        "no plan '" + name + "': neither a file, nor a folder with a " + FILE + ", nor in "
                                + plans(world),
                        "longwatch plan list shows those there are."));
    }

    private static Stream<Path> places(String name, World world) {
        try {
            return Stream.of(
                    Path.of(name),
                    Path.of(name, FILE),
                    plans(world).resolve(name).resolve(FILE));
        } catch (InvalidPathException e) {
            throw CommandFailed.usage(
                    "no plan '" + name + "': it cannot be a path here, " + e.getReason(),
                    "A name beyond ASCII wants a locale that has it, such as LC_ALL=C.UTF-8.",
                    e);
        }
    }

    /** Every plan that comes along, by name. */
    static List<PlanOnDisk> all(World world) {
        Path plans = plans(world);
        if (!Files.isDirectory(plans)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(plans)) {
            return folders.map(folder -> folder.resolve(FILE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .map(PlanOnDisk::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path plans(World world) {
        String home = world.environment().getOrDefault("LONGWATCH_HOME", "");
        return home.isEmpty() ? Path.of("plans") : Path.of(home, "plans");
    }

    public Path file() {
        return file;
    }

    /** Name of its folder. */
    String name() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null || folder.getFileName() == null
                ? file.toString()
                : folder.getFileName().toString();
    }

    /** Loads it with parameters. */
    public LoadedPlan load(Map<String, String> parameters, PlanLoader.Mode mode) {
        return PlanFolder.of(file).load(Contracts.catalog(), parameters, mode);
    }
}
