package io.longwatch.system.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.system.parts.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** {@code longwatch demo} in an installation beside the checkout, with a folder of its own for temporary files. */
final class DemoProcess implements AutoCloseable {
    private static final Path CHECKOUT = Path.of(System.getProperty("longwatch.checkout", ".."));
    private static final String JAR = "sandbox/target/longwatch-sandbox.jar";
    private static final String PLAN = "plans/auren-biometric-bridge";
    private static final Duration BUILDING = Duration.ofMinutes(8);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration TO_TIDY_UP = Duration.ofSeconds(60);

    private final Process process;
    private final Path temporary;
    private final Path said;

    private DemoProcess(Process process, Path temporary, Path said) {
        this.process = process;
        this.temporary = temporary;
        this.said = said;
    }

    /** Builds the jar if it is missing or stale, as the command does, and installs it with the bridge's plan. */
    static Path install(Path home) throws IOException {
        ServerProcess.run(
                "longwatch",
                home.resolve("build.log"),
                List.of(CHECKOUT.resolve("longwatch").toString(), "demo", "--help"),
                BUILDING);
        Files.createDirectories(home.resolve(JAR).getParent());
        Files.createDirectories(home.resolve(PLAN).getParent());
        Files.copy(CHECKOUT.resolve("longwatch"), home.resolve("longwatch"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(CHECKOUT.resolve(JAR), home.resolve(JAR));
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve(PLAN))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        home.resolve(PLAN)
                                .resolve(CHECKOUT.resolve(PLAN).relativize(file).toString()));
            }
        }
        return home;
    }

    /** Starts it as a terminal would: where Ctrl-C is not ignored. */
    static DemoProcess start(Path home, Path folder, String... options) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=INT", home.resolve("longwatch").toString(), "demo", "--plain"));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("LONGWATCH_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        builder.environment().put("TMPDIR", temporary.toString());
        return new DemoProcess(builder.start(), temporary, said);
    }

    /** Waits until it has said something; fails with all it said if it ends before. */
    DemoProcess awaitSaid(String words) {
        Awaitility.await(words).atMost(PATIENCE).until(() -> {
            boolean heard = said().contains(words);
            if (!heard && !process.isAlive()) {
                throw new IllegalStateException("it ended with " + process.exitValue() + ":\n" + said());
            }
            return heard;
        });
        return this;
    }

    /** Waits until a server of its own runs. */
    DemoProcess awaitChild() {
        Awaitility.await("a server")
                .atMost(PATIENCE)
                .until(() -> process.descendants().findAny().isPresent());
        return this;
    }

    String said() throws IOException {
        return Files.readString(said);
    }

    /** What it is made of now. */
    Footprint footprint() throws IOException {
        List<ProcessHandle> processes = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        return new Footprint(processes, Listening.ports(processes));
    }

    /** Ends it as Ctrl-C does and waits for its end. */
    void interrupt() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        awaitEnd();
    }

    /** Presses Enter. */
    void enter() throws IOException {
        process.getOutputStream().write("\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    int awaitEnd() throws Exception {
        assertThat(process.waitFor(TO_TIDY_UP.toSeconds(), TimeUnit.SECONDS))
                .as("it ends within " + TO_TIDY_UP + ":\n" + said())
                .isTrue();
        return process.exitValue();
    }

    /** Fails if anything of it is left. */
    void assertNothingIsLeftOf(Footprint footprint) throws IOException {
        assertThat(footprint.processes()).as("processes").noneMatch(ProcessHandle::isAlive);
        for (int port : footprint.ports()) {
            assertThat(ServerProcess.listens(port)).as("port " + port).isFalse();
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            assertThat(files.filter(file -> !file.equals(temporary)))
                    .as("temporary files")
                    .isEmpty();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * What runs.
     *
     * @param processes the demo and its servers
     * @param ports where they listen
     */
    record Footprint(List<ProcessHandle> processes, Set<Integer> ports) {
        Footprint {
            processes = List.copyOf(processes);
            ports = Set.copyOf(ports);
        }
    }
}
