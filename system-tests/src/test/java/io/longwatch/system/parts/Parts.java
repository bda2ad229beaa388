package io.longwatch.system.parts;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where the parts are that {@code system-tests/parts/install} put in place. A test that needs one that is missing is
 * skipped and says how to get it; with {@code LONGWATCH_REQUIRE_SYSTEM=true} it fails.
 */
public final class Parts {

    private static final boolean REQUIRED = Boolean.parseBoolean(System.getenv("LONGWATCH_REQUIRE_SYSTEM"));

    private static final Path VERSIONS =
            Path.of(System.getProperty("longwatch.checkout", "..")).resolve("system-tests/parts/versions");

    private Parts() {}

    /** The program of a part that is kept in the cache, such as {@code ("temporal", "bin/temporal")}. */
    public static Path cached(String part, String file) {
        Path found = cache().resolve(part + "-" + version(part)).resolve(file);
        return Files.exists(found) ? found : missing(part);
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

    /** The version that {@code install} puts in place; what else is in the cache is no concern of this checkout. */
    private static String version(String part) {
        Properties versions = new Properties();
        try (Reader file = Files.newBufferedReader(VERSIONS)) {
            versions.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the versions of parts", e);
        }
        String version = versions.getProperty(part);
        if (version == null) {
            throw new IllegalArgumentException(VERSIONS + " has no version of '" + part + "'");
        }
        return version;
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
