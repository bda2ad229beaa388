package io.longwatch.system.parts;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the parts are that {@code system-tests/parts/install} put in place. A test that needs one that is missing is
 * skipped and says how to get it; with {@code LONGWATCH_REQUIRE_SYSTEM=true} it fails.
 */
public final class Parts {

    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("LONGWATCH_REQUIRE_SYSTEM"));

    private Parts() {}

    /** The program of a part that is kept in the cache, such as {@code ("temporal", "bin/temporal")}. */
    public static Path cached(String part, String file) {
        return newest(part)
                .map(folder -> folder.resolve(file))
                .filter(Files::exists)
                .orElseGet(() -> missing(part));
    }

    /** A command that Debian's packages put on the path. */
    public static Path installed(String command) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(command));
    }

    private static Optional<Path> newest(String part) {
        if (!Files.isDirectory(cache())) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(cache())) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> folder.getFileName().toString().startsWith(part + "-"))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the folder of parts '" + cache() + "'", e);
        }
    }

    private static Path cache() {
        String named = System.getenv("LONGWATCH_PARTS");
        if (named != null) {
            return Path.of(named);
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        return (caches == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(caches))
                .resolve("longwatch/parts");
    }

    private static Path missing(String part) {
        String message = "'" + part + "' is not installed; run system-tests/parts/install";
        if (REQUIRED) {
            throw new IllegalStateException(message);
        }
        return abort(message);
    }
}
