package io.longwatch.system.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server that runs as a process of its own, with what it writes in a file. It ends with its owner, and with the
 * JVM at the latest.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int SHOWN = 2000;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread ending;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.ending = new Thread(process::destroyForcibly, "end-" + name);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /** Starts a server whose output is added to {@code log}. */
    public static ServerProcess start(String name, Path log, List<String> command) {
        return start(name, log, command, Map.of());
    }

    /** Starts a server with further variables in its environment. */
    public static ServerProcess start(String name, Path log, List<String> command, Map<String, String> variables) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(variables);
        try {
            return new ServerProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** Runs a command to its end; fails with the end of its output if it fails or takes too long. */
    public static void run(String name, Path log, List<String> command, Duration patience) {
        try (ServerProcess run = start(name, log, command)) {
            boolean ended = run.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || run.process.exitValue() != 0) {
                String how = ended ? "ended with " + run.process.exitValue() : "runs for more than " + patience;
                throw new IllegalStateException(name + " " + how + ":\n" + run.tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was not waited for", e);
        }
    }

    /** Waits until the server is as a test needs it; fails with the end of its log if it ends or takes too long. */
    public ServerProcess await(Duration patience, Callable<Boolean> ready) {
        try {
            Awaitility.await().atMost(patience).pollInterval(STEP).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + tail());
                }
                return ready.call();
            });
            return this;
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException(name + " is not ready after " + patience + ":\n" + tail(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** The file that holds what it wrote. */
    public Path log() {
        return log;
    }

    /** Ends it as SIGKILL does: it gets no chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        gone();
    }

    /** Stops its threads where they are, as SIGSTOP does; its sockets stay open. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on from there. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String which) {
        run("kill", log.resolveSibling("kill.log"), List.of("kill", "-" + which, Long.toString(pid())), GRACE);
    }

    /** Asks it to end, as SIGTERM does, and waits; returns its exit code. */
    public int stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " does not end within " + patience + ":\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was not waited for", e);
        }
        forget();
        return process.exitValue();
    }

    /** Lets it end by itself, and kills it if it does not. */
    @Override
    public void close() {
        process.destroy();
        if (!gone()) {
            kill();
        }
    }

    private boolean gone() {
        try {
            boolean gone = process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            if (gone) {
                forget();
            }
            return gone;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException theJvmEnds) {
            // Then the hook has run, or runs now, and finds nothing to do.
        }
    }

    private String tail() {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return text.substring(Math.max(0, text.length() - SHOWN));
        } catch (IOException e) {
            return "its log cannot be read: " + e;
        }
    }

    /** Whether something accepts connections on a port of loopback. */
    public static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Whether a page answers with 200. */
    public static boolean answers(URI page) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(2)).build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
