package io.longwatch.system.bench;

import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.starter.Longwatch;
import io.longwatch.system.parts.ServerProcess;
import io.longwatch.system.parts.TemporalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of its own with a heap of 1 GiB, and what it takes of the machine. */
final class JavaProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern USED = Pattern.compile("heap\\s+total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final ServerProcess process;
    private final URI page;

    private JavaProcess(ServerProcess process, URI page) {
        this.process = process;
        this.page = page;
    }

    /** Longwatch's own worker, ready, with further lines of configuration. */
    static JavaProcess worker(Path folder, TemporalServer server, String environments) {
        int port = FreePort.find();
        String config = """
                temporal: {address: "%s", namespace: default}
                listen: {port: %d}
                shutdown: {patience: 1s}
                environments:
                %s""".formatted(server.address(), port, environments.indent(2));
        try {
            Path file = Files.writeString(folder.resolve("worker.yaml"), config);
            return start(folder, "worker", port, Longwatch.class, "worker", "--config", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("the worker's configuration cannot be written", e);
        }
    }

    /** A process that answers at {@code /health/ready} of a port when it is ready. */
    static JavaProcess start(Path folder, String name, int port, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx1g",
                // The classpath of tests has a configuration for tests, which would go first.
                "-Dlogback.configurationFile=logback.xml",
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        URI page = URI.create("http://127.0.0.1:" + port);
        ServerProcess process = ServerProcess.start(name, folder.resolve(name + ".log"), command)
                .await(PATIENCE, () -> ServerProcess.answers(page.resolve("/health/ready")));
        return new JavaProcess(process, page);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** MiB of heap in use after a full collection. */
    double heapAfterCollection() {
        jcmd("GC.run");
        return number(USED, jcmd("GC.heap_info")) / 1024;
    }

    /** MiB of memory resident. */
    double resident() {
        try {
            return number(RESIDENT, Files.readString(Path.of("/proc", "" + process.pid(), "status"))) / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException("the process is gone; see " + process.log(), e);
        }
    }

    Duration cpu() {
        return Processes.cpu(process.pid());
    }

    /** Lines of its metrics that begin so. */
    List<String> metrics(String beginning) {
        HttpRequest request = HttpRequest.newBuilder(page.resolve("/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return Processes.wait(() -> HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .toList());
    }

    private String jcmd(String command) {
        return Processes.wait(() -> {
            Process jcmd = new ProcessBuilder(tool("jcmd"), "" + process.pid(), command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            jcmd.waitFor();
            return said;
        });
    }

    private static double number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }

    @Override
    public void close() {
        process.close();
    }
}
