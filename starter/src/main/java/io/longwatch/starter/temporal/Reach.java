package io.longwatch.starter.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.longwatch.starter.CommandFailed;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Whether a client's Temporal server answers. The connection to one that does not is closed. */
public final class Reach {
    private static final int SECONDS = 5;

    private final WorkflowServiceStubs stubs;
    private final String namespace;
    private final String remedy;

    /**
     * Of a client.
     *
     * @param remedy what to do where no server answers
     */
    public Reach(WorkflowClient client, String remedy) {
        this.stubs = client.getWorkflowServiceStubs();
        this.namespace = client.getOptions().getNamespace();
        this.remedy = remedy;
    }

    /** Host and port, or what else names the server. */
    public String address() {
        return Objects.requireNonNullElse(stubs.getOptions().getTarget(), "127.0.0.1:7233");
    }

    /**
     * The server's version.
     *
     * @throws CommandFailed if none answers, or it refuses this client
     */
    public String requireServer() {
        try {
            return stub().getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
        } catch (StatusRuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Makes sure that the server has the client's namespace.
     *
     * @throws CommandFailed if it has not, or does not answer
     */
    public void requireNamespace() {
        try {
            stub().describeNamespace(DescribeNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .build());
        } catch (StatusRuntimeException e) {
            throw e.getStatus().getCode() == Status.Code.NOT_FOUND ? withoutNamespace(e) : failed(e);
        }
    }

    private WorkflowServiceBlockingStub stub() {
        return stubs.blockingStub().withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    private CommandFailed withoutNamespace(StatusRuntimeException e) {
        stubs.shutdownNow();
        return CommandFailed.unreachable(
                "the Temporal server at " + address() + " has no namespace '" + namespace + "'",
                "Create it: temporal operator namespace create --namespace " + namespace + " --retention 720h"
                        + "\nor name another in the configuration: temporal: {namespace: NAME}",
                e);
    }

    private CommandFailed failed(StatusRuntimeException e) {
        stubs.shutdownNow();
        return switch (e.getStatus().getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                CommandFailed.refused(
                        "the Temporal server at " + address() + " refuses this client: " + Calls.words(e),
                        "Check TEMPORAL_API_KEY or the TLS certificate of the profile.");
            default ->
                CommandFailed.unreachable(
                        "no Temporal server answers at " + address() + " ("
                                + e.getStatus().getCode() + ")",
                        remedy,
                        e);
        };
    }
}
