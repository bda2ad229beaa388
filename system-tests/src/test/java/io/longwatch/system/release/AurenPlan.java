package io.longwatch.system.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The bridge's plan, as it is or with steps whose second effect nothing would hide. */
final class AurenPlan {
    /** Step that adds a row to {@link FormerBridge#COUNTED}, by a migration that says nothing of what is there. */
    static final String COUNTED = "counted";
    /** Step that runs a command once at most. */
    static final String TOLD = "told";

    /** Checks of its soak that ask Kubernetes; the others ask Prometheus. */
    static final Set<String> CHECKS_OF_KUBERNETES = Set.of("nodes", "same-image");

    private static final Path FOLDER = Longwatch.file("plans/auren-biometric-bridge");
    private static final String FILE = "plan.yaml";
    private static final String AFTER_SCHEMA = "      - parallel: {id: ready, title: Database and cache";
    private static final String AFTER_STORED = "      - id: dashboard-shows\n";

    private AurenPlan() {}

    static Path asItIs() {
        return FOLDER.resolve(FILE);
    }

    static Path parametersOfATry() {
        return FOLDER.resolve("short.yaml");
    }

    /** Copies it into a folder and adds those steps. */
    static Path withStepsThatCount(Path folder) {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
            Path plan = folder.resolve(FILE);
            String text = Files.readString(plan);
            text = ahead(
                    text,
                    AFTER_SCHEMA,
                    List.of(
                            "- id: " + COUNTED,
                            "  title: Count this migration",
                            "  uses: postgres.migrate",
                            "  with:",
                            "    connection: events-db",
                            "    name: counted-${{ params.version }}",
                            "    script: INSERT INTO " + FormerBridge.COUNTED + " (what) VALUES ('migration')"));
            text = ahead(
                    text,
                    AFTER_STORED,
                    List.of(
                            "- id: " + TOLD,
                            "  title: Tell the neighbours",
                            "  uses: command.run",
                            "  with: {connection: commands, name: tell-the-neighbours}"));
            return Files.writeString(plan, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String ahead(String text, String mark, List<String> lines) {
        int at = text.indexOf(mark);
        if (at < 0) {
            throw new IllegalStateException("the plan has no '" + mark.strip() + "' to put a step ahead of");
        }
        return text.substring(0, at) + "      " + String.join("\n      ", lines) + "\n" + text.substring(at);
    }
}
