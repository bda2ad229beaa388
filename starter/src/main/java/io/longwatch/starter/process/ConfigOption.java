package io.longwatch.starter.process;

import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.temporal.Reach;
import io.longwatch.temporal.UnusableProfile;
import io.longwatch.worker.config.InvalidConfiguration;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.longwatch.worker.config.WorkerConfigFile.Secrets;
import io.temporal.client.WorkflowClient;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The worker's configuration. */
final class ConfigOption {
    private static final String HOW_TO_GET_A_SERVER =
            "Start one for trying out: temporal server start-dev\nor name yours in the configuration:"
                    + " temporal: {address: HOST:PORT}";

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The worker's configuration.")
    private Path file = Path.of("worker.yaml");

    /** What it lacks only when a worker starts with it: secrets without their values, a line each. */
    List<String> unready(Map<String, String> environment) {
        try {
            WorkerConfigFile.read(file, environment, Secrets.NOW);
            return List.of();
        } catch (InvalidConfiguration e) {
            return e.problems().stream().map(String::valueOf).toList();
        }
    }

    /** Whether the server that it names answers. */
    static Reach reach(WorkflowClient client) {
        return new Reach(client, HOW_TO_GET_A_SERVER);
    }

    /** Why a worker cannot connect by it: what it says of Temporal is invalid, here or in temporal.toml. */
    static CommandFailed unusable(UnusableProfile problem) {
        return CommandFailed.usage(
                "Temporal's configuration cannot be used: " + problem.getMessage(),
                "Look at temporal: in the worker's configuration, at temporal.toml and the TEMPORAL_ variables.",
                problem);
    }

    /**
     * Reads it, with what the environment lays over it.
     *
     * @param secrets whether every secret must have its value now
     * @throws CommandFailed if it is invalid, with every problem told
     */
    WorkerConfig read(PrintWriter err, Map<String, String> environment, Secrets secrets) {
        if (!Files.isRegularFile(file)) {
            throw CommandFailed.usage(file + ":1:1: there is no such file", "Name the worker's configuration.");
        }
        try {
            return WorkerConfigFile.read(file, environment, secrets);
        } catch (InvalidConfiguration e) {
            e.problems().forEach(err::println);
            int count = e.problems().size();
            throw CommandFailed.usage(file + " has " + count + (count == 1 ? " problem" : " problems"), null, e);
        }
    }
}
