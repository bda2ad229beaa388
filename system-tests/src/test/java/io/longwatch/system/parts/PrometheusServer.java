package io.longwatch.system.parts;

import io.longwatch.sandbox.loopback.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Prometheus on loopback. Its configuration and one file of rules are given as text, put in place at any time and loaded
 * by a reload; samples come from what it scrapes, from remote writes, or from a file in the OpenMetrics format that is
 * loaded before it starts. Stopped and started again it keeps its data.
 */
public final class PrometheusServer implements AutoCloseable {
    /** Flag of a server that loads its files once. */
    public static final String NO_RELOADS = "--no-web.enable-lifecycle";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NO_RULES = "groups: []\n";

    private final Path folder;
    private final List<String> flags;
    private final int port = FreePort.find();
    private ServerProcess process;

    private PrometheusServer(Path folder, List<String> flags, String config, String rules) {
        this.folder = folder;
        this.flags = List.copyOf(flags);
        write(config, rules);
        this.process = run();
    }

    /** Starts a server on a configuration; a relative {@code rules.yml} in it names the file of {@code rules}. */
    public static PrometheusServer start(Path folder, String config, String rules, String... flags) {
        return new PrometheusServer(folder, List.of(flags), config, rules);
    }

    /** Starts a server that scrapes nothing and holds the samples of a text in the OpenMetrics format. */
    public static PrometheusServer holding(Path folder, String openMetrics, String... flags) {
        try {
            Path samples = Files.writeString(folder.resolve("samples.txt"), openMetrics);
            List<String> command = List.of(
                    Parts.installed("promtool").toString(),
                    "tsdb",
                    "create-blocks-from",
                    "openmetrics",
                    samples.toString(),
                    folder.resolve("data").toString());
            ServerProcess.run("promtool", folder.resolve("promtool.log"), command, PATIENCE);
            return new PrometheusServer(folder, List.of(flags), "scrape_configs: []\n", NO_RULES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the samples", e);
        }
    }

    private ServerProcess run() {
        List<String> command = new ArrayList<>(List.of(
                Parts.installed("prometheus").toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=10y",
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver"));
        if (!flags.contains(NO_RELOADS)) {
            command.add("--web.enable-lifecycle");
        }
        command.addAll(flags);
        return ServerProcess.start("prometheus", folder.resolve("prometheus.log"), command)
                .await(PATIENCE, () -> ServerProcess.answers(uri().resolve("/-/ready")));
    }

    /** Puts files in place; nothing is loaded. */
    public void write(String config, String rules) {
        try {
            Files.writeString(folder.resolve("rules.yml"), rules);
            Files.writeString(folder.resolve("prometheus.yml"), config);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Prometheus' files", e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same files, data and port. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }
}
