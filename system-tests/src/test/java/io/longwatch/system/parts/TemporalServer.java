package io.longwatch.system.parts;

import io.longwatch.contract.Json;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.sandbox.loopback.FreePort;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Namespace;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Temporal server with its UI, and a database in a file: killed and started again it goes on where it was. Its
 * namespace {@code default} knows Longwatch's search attributes.
 */
public final class TemporalServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final List<String> flags;
    private final int port = FreePort.find();
    private final int uiPort = FreePort.find();
    private ServerProcess process;

    private TemporalServer(Path folder, List<String> flags) {
        this.folder = folder;
        this.flags = List.copyOf(flags);
        this.process = run();
    }

    /** Starts a server that keeps its database and its log in a folder; flags are as on its command line. */
    public static TemporalServer start(Path folder, String... flags) {
        TemporalServer server = new TemporalServer(folder, List.of(flags));
        try {
            server.register();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private ServerProcess run() {
        List<String> command = new ArrayList<>(List.of(
                Parts.cached("temporal", "bin/temporal").toString(),
                "server",
                "start-dev",
                "--disable-config-file",
                "--ip=127.0.0.1",
                "--port=" + port,
                "--ui-port=" + uiPort,
                "--headless=false",
                "--db-filename=" + folder.resolve("temporal.db")));
        command.addAll(flags);
        return ServerProcess.start("temporal", folder.resolve("temporal.log"), command)
                .await(PATIENCE, () -> ServerProcess.listens(port) && ServerProcess.answers(ui()) && serves());
    }

    private boolean serves() {
        try (Connection connection = connect()) {
            return new Namespace(connection)
                    .pollers(ReleaseWorkflow.QUEUE, true)
                    .isPresent();
        }
    }

    private void register() {
        try (Connection connection = connect()) {
            new Namespace(connection).registerSearchAttributes().ifPresent(problem -> {
                throw new IllegalStateException("search attributes cannot be registered: " + problem);
            });
        }
    }

    /** A connection with Longwatch's data converter, in the namespace {@code default}; its user closes it. */
    public Connection connect() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build());
        return new Connection(client, address(), stubs::shutdownNow);
    }

    /** The frontend's address, {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Where its UI is. */
    public URI ui() {
        return URI.create("http://127.0.0.1:" + uiPort);
    }

    public Path log() {
        return process.log();
    }

    /** Ends it as SIGKILL does. */
    public void kill() {
        process.kill();
    }

    /** Starts it again on the same database and the same ports. */
    public void restart() {
        process.close();
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }
}
