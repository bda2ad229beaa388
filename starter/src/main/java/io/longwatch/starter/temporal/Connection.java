package io.longwatch.starter.temporal;

import io.temporal.client.WorkflowClient;

/**
 * A connection to Temporal.
 *
 * @param client client in its namespace
 * @param address the server's address
 * @param whenClosed what ends it
 */
public record Connection(WorkflowClient client, String address, Runnable whenClosed) implements AutoCloseable {
    public String namespace() {
        return client.getOptions().getNamespace();
    }

    @Override
    public void close() {
        whenClosed.run();
    }
}
