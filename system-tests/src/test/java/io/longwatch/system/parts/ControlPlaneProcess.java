package io.longwatch.system.parts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One program of the control plane; its output goes to a file, and it ends with this JVM at the latest. */
final class ControlPlaneProcess implements AutoCloseable {
    private static final int TAIL = 2_000;

    private final String name;
    private final Path output;
    private final Process process;
    private final Thread atExit;

    private ControlPlaneProcess(String name, Path output, Process process) {
        this.name = name;
        this.output = output;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly, "end of " + name);
    }

    static ControlPlaneProcess start(Path folder, List<String> command) {
        String name = Path.of(command.get(0)).getFileName().toString();
        Path output = folder.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            var started = new ControlPlaneProcess(name, output, process);
            Runtime.getRuntime().addShutdownHook(started.atExit);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be started", e);
        }
    }

    /** Fails with the end of its output if it is not running any more. */
    void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with exit code " + process.exitValue() + ": " + tail());
        }
    }

    private String tail() {
        try {
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return text.substring(Math.max(0, text.length() - TAIL));
        } catch (IOException e) {
            return "its output " + output + " cannot be read: " + e.getMessage();
        }
    }

    /** Without a farewell, as in a crash; what it keeps is thrown away or stands in etcd. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + ", process " + process.pid() + ", does not end");
            }
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException atShutdown) {
            // The JVM ends: the hook runs, or has run.
        }
    }
}
