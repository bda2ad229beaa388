package io.longwatch.sandbox.demo;

import io.longwatch.starter.CommandFailed;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code temporal} command: on the path, or among the parts of the system tests; where it is in neither place and Go is
 * at hand, it is built and put among them.
 */
final class TemporalProgram {
    static final String VERSION = "1.5.1";

    private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
    private static final String HOW = "Get it: brew install temporal, or go install " + MODULE
            + ", or in a checkout system-tests/parts/install temporal";

    private final Map<String, String> environment;

    TemporalProgram(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Finds it, or builds it, which takes some minutes and is said. */
    Path get(PrintWriter told) throws IOException {
        Optional<Path> found = found();
        return found.isPresent() ? found.get() : built(told);
    }

    /** Where it is already. */
    Optional<Path> found() {
        return Stream.concat(onPath("temporal").stream(), kept().stream())
                .filter(TemporalProgram::runs)
                .findFirst();
    }

    private Path built(PrintWriter told) throws IOException {
        Path go = onPath("go")
                .orElseThrow(() -> CommandFailed.unreachable(
                        "the command 'temporal' is not on the path, and --ui needs its server", HOW, null));
        Path folder =
                Files.createDirectories(parts().resolve("temporal-" + VERSION).resolve("bin"));
        told.println("The command 'temporal' is not on the path; building it with Go, which takes some minutes ...");
        Process build = build(go, folder);
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Path program = folder.resolve("temporal");
        if (!runs(program)) {
            throw CommandFailed.unreachable("go install " + MODULE + " made no " + program + ": " + said, HOW, null);
        }
        return program;
    }

    private static Process build(Path go, Path folder) throws IOException {
        ProcessBuilder build = new ProcessBuilder(go.toString(), "install", MODULE).redirectErrorStream(true);
        build.environment().put("GOBIN", folder.toString());
        build.environment().put("CGO_ENABLED", "0");
        return build.start();
    }

    private Optional<Path> onPath(String command) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(TemporalProgram::runs)
                .findFirst();
    }

    private static boolean runs(Path program) {
        return Files.isExecutable(program) && Files.isRegularFile(program);
    }

    private Path parts() {
        String named = environment.getOrDefault("LONGWATCH_PARTS", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (caches.isEmpty() ? Path.of(environment.getOrDefault("HOME", ""), ".cache") : Path.of(caches))
                .resolve("longwatch")
                .resolve("parts");
    }

    private List<Path> kept() {
        try (Stream<Path> folders = Files.list(parts())) {
            return folders.filter(folder -> String.valueOf(folder.getFileName()).startsWith("temporal-"))
                    .sorted(Comparator.comparing((Path folder) -> !folder.endsWith("temporal-" + VERSION))
                            .thenComparing(Comparator.reverseOrder()))
                    .map(folder -> folder.resolve("bin").resolve("temporal"))
                    .toList();
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
