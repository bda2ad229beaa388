package io.longwatch.starter.process;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** As much of a Temporal server as is asked before a worker starts; it has no namespace at all. */
final class FakeServer extends WorkflowServiceGrpc.WorkflowServiceImplBase implements AutoCloseable {
    private final Server server;
    private final Status toAnyone;

    /**
     * A server on a port of its own.
     *
     * @param toAnyone what it says to whoever asks, OK to let them in
     */
    FakeServer(Status toAnyone) throws IOException {
        this.toAnyone = toAnyone;
        this.server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
        if (toAnyone.isOk()) {
            to.onNext(GetSystemInfoResponse.newBuilder()
                    .setServerVersion("1.29.1")
                    .build());
            to.onCompleted();
        } else {
            to.onError(toAnyone.asRuntimeException());
        }
    }

    @Override
    public void describeNamespace(DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> to) {
        to.onError(Status.NOT_FOUND
                .withDescription("Namespace " + request.getNamespace() + " is not found.")
                .asRuntimeException());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
