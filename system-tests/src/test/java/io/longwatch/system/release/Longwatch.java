package io.longwatch.system.release;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.system.parts.ServerProcess;
import io.longwatch.system.parts.TemporalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code longwatch}, each time as a process of its own, from an installation beside the checkout: what is
 * edited or built meanwhile does not touch it.
 */
final class Longwatch {
    private static final Path CHECKOUT = Path.of(System.getProperty("longwatch.checkout", ".."));
    private static final Path TARGET = CHECKOUT.resolve("system-tests/target");
    private static final String COMMAND = "longwatch";
    private static final String JAR = "starter/target/longwatch.jar";
    /** Its processes live for minutes at most. */
    private static final String COMPILE_QUICKLY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BUILDING = Duration.ofMinutes(8);

    private static @Nullable Path installation;

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment;

    /**
     * A user's shell.
     *
     * @param home the installation
     * @param folder where the outputs are kept for a look afterwards
     * @param temporal the Temporal server
     * @param namespace the namespace there
     */
    Longwatch(Path home, Path folder, TemporalServer temporal, String namespace) {
        this(
                home,
                folder,
                Map.of(
                        "TEMPORAL_ADDRESS",
                        temporal.address(),
                        "TEMPORAL_NAMESPACE",
                        namespace,
                        "LONGWATCH_UI_URL",
                        temporal.ui().toString(),
                        "NO_COLOR",
                        "1",
                        "LONGWATCH_JAVA_OPTIONS",
                        COMPILE_QUICKLY));
    }

    private Longwatch(Path home, Path folder, Map<String, String> environment) {
        this.home = home;
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /**
     * The one installation of all tests, made when it is first asked for: the jar, built if it is missing or stale as the
     * command does, with the archive of classes that a first run makes there.
     */
    static synchronized Path installation() {
        if (installation == null) {
            prepare(List.of("env", "LONGWATCH_CDS=0", file(COMMAND).toString(), "--version"));
            Path home = TARGET.resolve("installation");
            try {
                Files.createDirectories(home.resolve(JAR).getParent());
                copy(COMMAND, home);
                copy(JAR, home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            prepare(List.of(home.resolve(COMMAND).toString(), "--version"));
            installation = home;
        }
        return installation;
    }

    private static void copy(String path, Path home) throws IOException {
        Files.copy(file(path), home.resolve(path), REPLACE_EXISTING, COPY_ATTRIBUTES);
    }

    private static void prepare(List<String> command) {
        ServerProcess.run("longwatch", TARGET.resolve("installation.log"), command, BUILDING);
    }

    /** The same shell in another namespace of the Temporal server, told where the ledger is. */
    Longwatch inNamespace(String namespace, String ledger, String user) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put("TEMPORAL_NAMESPACE", namespace);
        changed.put("LONGWATCH_LEDGER", ledger);
        changed.put("LONGWATCH_LEDGER_USER", user);
        return new Longwatch(home, folder, changed);
    }

    private String command() {
        return home.resolve(COMMAND).toString();
    }

    /** A file of the checkout. */
    static Path file(String path) {
        return CHECKOUT.resolve(path);
    }

    /** Runs a command to its end. */
    Ran run(List<String> arguments) {
        try {
            Path out = Files.createTempFile(folder, arguments.get(0) + "-", ".out");
            Path err = Files.createTempFile(folder, arguments.get(0) + "-", ".err");
            ProcessBuilder builder = new ProcessBuilder(with(command(), arguments))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("longwatch " + arguments + " does not end: " + Files.readString(err));
            }
            return new Ran(arguments, process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    Ran run(String... arguments) {
        return run(List.of(arguments));
    }

    /** Starts a release whose T is now, and gives its id. */
    String begin(Path plan, String... more) {
        List<String> arguments = new ArrayList<>(List.of("start", plan.toString(), "--now", "--json"));
        arguments.addAll(List.of("--requester", "rita"));
        arguments.addAll(List.of(more));
        try {
            return new ObjectMapper()
                    .readTree(run(arguments).done().out())
                    .path("release")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a worker and waits until it is ready; {@code LISTEN} in its configuration stands for a free port. */
    ServerProcess readyWorker(Path config, Duration patience) throws IOException {
        int port = FreePort.find();
        Path own = Files.writeString(
                config.resolveSibling("worker-" + port + ".yaml"),
                Files.readString(config).replace("LISTEN", Integer.toString(port)));
        return worker(own).await(patience, () -> ready(port));
    }

    /** Starts a worker that is not ready yet. */
    ServerProcess worker(Path config) {
        return ServerProcess.start(
                "worker",
                folder.resolve("worker.log"),
                List.of(command(), "worker", "--config", config.toString()),
                environment);
    }

    static boolean ready(int port) throws InterruptedException {
        return ServerProcess.answers(URI.create("http://127.0.0.1:" + port + "/health/ready"));
    }

    private static List<String> with(String first, List<String> others) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return all;
    }

    /** How a command ended, and what it said. */
    record Ran(List<String> arguments, int exit, String out, String err) {
        /** This, if it was done as asked. */
        Ran done() {
            if (exit != 0) {
                throw new AssertionError(this);
            }
            return this;
        }

        @Override
        public String toString() {
            return "longwatch " + String.join(" ", arguments) + " ended with " + exit + "\n" + out + err;
        }
    }
}
