package io.longwatch.starter.process;

import io.grpc.StatusRuntimeException;
import io.longwatch.starter.CommandFailed;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;

/** Whether a Temporal server answers. */
final class Reach {
    private static final int SECONDS = 5;

    private Reach() {}

    /** The server's version. */
    static String require(WorkflowServiceStubs stubs) {
        try {
            return stubs.blockingStub()
                    .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
                    .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                    .getServerVersion();
        } catch (StatusRuntimeException e) {
            String target = stubs.getOptions().getTarget();
            stubs.shutdownNow();
            throw CommandFailed.unreachable(
                    "no Temporal server answers at " + target + " ("
                            + e.getStatus().getCode() + ")",
                    "Start one for trying out: temporal server start-dev\nor name yours in the configuration:"
                            + " temporal: {address: HOST:PORT}",
                    e);
        }
    }
}
