package io.longwatch.sandbox.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that the world begins with. */
final class Resources {
    private static final List<String> REPOSITORY =
            List.of("bridge.py", "requirements.txt", "Dockerfile", "docs/runbook.md");

    private Resources() {}

    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the sandbox lacks its file '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the sample repository's files into a folder. */
    static Path repository(Path folder) throws IOException {
        for (String file : REPOSITORY) {
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text("repository/" + file));
        }
        return folder;
    }
}
