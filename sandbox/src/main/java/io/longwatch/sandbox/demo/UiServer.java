package io.longwatch.sandbox.demo;

import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Namespace;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real Temporal server with its UI, on loopback, with nothing on disk; it ends with its owner. */
final class UiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int MOST_SHOWN = 2000;

    private final Path log;
    private final int port;
    private final int uiPort;
    private final Process process;
    private final Thread atTheEnd;
    private final Connection connection;

    private UiServer(Path program) throws IOException {
        log = Files.createTempFile("longwatch-temporal-", ".log");
        port = FreePort.find();
        uiPort = FreePort.find();
        process = new ProcessBuilder(
                        program.toString(),
                        "server",
                        "start-dev",
                        "--ip=127.0.0.1",
                        "--port=" + port,
                        "--ui-port=" + uiPort,
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        atTheEnd = new Thread(this::end, "temporal-end");
        Runtime.getRuntime().addShutdownHook(atTheEnd);
        connection = connect();
    }

    /**
     * Starts it, with Longwatch's search attributes.
     *
     * @param program the {@code temporal} command
     * @throws CommandFailed if it does not come up
     */
    static UiServer start(Path program) throws IOException {
        UiServer server = new UiServer(program);
        try {
            server.awaitUp();
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private Connection connect() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build());
        return new Connection(client, address(), stubs::shutdownNow);
    }

    private void awaitUp() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Namespace namespace = new Namespace(connection);
        while (!ready(namespace)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw CommandFailed.unreachable("the Temporal server does not come up: " + tail(), null, null);
            }
            pause();
        }
    }

    private boolean ready(Namespace namespace) {
        try {
            return namespace.pollers(ReleaseWorkflow.QUEUE, true).isPresent()
                    && namespace.registerSearchAttributes().isEmpty()
                    && namespace.knowsSearchAttributes();
        } catch (CommandFailed notYet) {
            return false;
        }
    }

    private String tail() {
        try {
            String text = Files.readString(log).strip();
            return text.substring(Math.max(0, text.length() - MOST_SHOWN));
        } catch (IOException e) {
            return "and its log cannot be read: " + e.getMessage();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Where its UI is. */
    URI ui() {
        return URI.create("http://127.0.0.1:" + uiPort);
    }

    /** A connection to its namespace, which ends with it. */
    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        connection.close();
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException theProcessEnds) {
            // Then the hook has run, or runs now, and finds nothing to do.
        }
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("its log stays: " + log, e);
        }
    }
}
