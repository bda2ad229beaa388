package io.longwatch.sandbox.rehearse;

import io.longwatch.contract.Json;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Instant;

/** An in-memory Temporal server of its own for one rehearsal, whose virtual time begins now. */
public final class Stage implements AutoCloseable {
    private final TestWorkflowEnvironment server;
    private final Instant now;

    private Stage(TestWorkflowEnvironment server, Instant now) {
        this.server = server;
        this.now = now;
    }

    /** Opens one. */
    public static Stage open() {
        Instant now = Instant.now();
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setInitialTime(now)
                .setWorkerFactoryOptions(QuickEnd.FACTORY)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Json.dataConverter())
                        .build())
                .build();
        return new Stage(TestWorkflowEnvironment.newInstance(options), now);
    }

    TestWorkflowEnvironment server() {
        return server;
    }

    Instant now() {
        return now;
    }

    @Override
    public void close() {
        server.close();
    }
}
