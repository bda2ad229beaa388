package io.longwatch.worker.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.plan.load.NotYaml;
import io.longwatch.plan.load.Position;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a worker's configuration. */
public final class WorkerConfigFile {
    private static final int LARGEST = 1 << 20;
    private static final int DEEPEST = 30;

    /** When secrets must have their values. */
    public enum Secrets {
        /** Now: one that has none is a problem of the configuration. */
        NOW,
        /** When they are used. */
        LATER
    }

    private WorkerConfigFile() {}

    /**
     * Reads and checks a file, with what the environment lays over it.
     *
     * @param environment variables, of which those of {@link Overrides} count
     * @param secrets whether every secret must have its value now
     * @throws InvalidConfiguration with every problem, if there is any
     */
    public static WorkerConfig read(Path path, Map<String, String> environment, Secrets secrets)
            throws InvalidConfiguration {
        String file = path.toString();
        try {
            if (Files.size(path) > LARGEST) {
                throw at(file, 1, 1, "has " + Files.size(path) + " bytes; a configuration has at most " + LARGEST);
            }
            return parse(Files.readString(path, UTF_8), file, environment, secrets);
        } catch (IOException e) {
            throw at(file, 1, 1, "cannot be read: " + e);
        }
    }

    /**
     * Reads and checks a text.
     *
     * @param file name for the problems
     */
    public static WorkerConfig parse(String text, String file) throws InvalidConfiguration {
        return parse(text, file, Map.of(), Secrets.LATER);
    }

    private static WorkerConfig parse(String text, String file, Map<String, String> environment, Secrets secrets)
            throws InvalidConfiguration {
        Node root = compose(text, file);
        Overrides.lay(root, environment);
        Binder binder = new Binder(file, secrets == Secrets.NOW);
        Object config = binder.bind(root, WorkerConfig.class, "");
        if (!binder.problems().isEmpty()) {
            throw new InvalidConfiguration(binder.problems().stream()
                    .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                    .toList());
        }
        return (WorkerConfig) Objects.requireNonNull(config);
    }

    private static Node compose(String text, String file) throws InvalidConfiguration {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw at(file, 1, 1, "is empty; name at least environments:");
            }
            return root;
        } catch (MarkedYAMLException e) {
            Position place = NotYaml.place(e);
            throw at(file, place.line(), place.column(), NotYaml.inWords(e));
        } catch (YAMLException e) {
            throw at(file, 1, 1, "this is not YAML: " + e.getMessage());
        }
    }

    private static InvalidConfiguration at(String file, int line, int column, String message) {
        return new InvalidConfiguration(List.of(new Problem(file, line, column, message)));
    }
}
